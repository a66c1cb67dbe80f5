import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../../../main/trainer/data/csv/csv-tables.ts';
import { inPieces } from '../../../../support/pieces.ts';
import { pixelsOf, refusalOf, whats } from './csv-content.ts';

const PIXELS = [0, 255, 7, 99, 1, 2, 3, 4, 200, 0, 0, 1];
const LABELS = [2, 0, 1];
const HEADER = 'label,pixel0,pixel1,pixel2,pixel3';
const rowsOf = (pixels: readonly (number | string)[] = PIXELS): string[] =>
  LABELS.map((label, k) => [label, ...pixels.slice(k * 4, k * 4 + 4)].join());
const table = (header = HEADER, rows = rowsOf()): string => `${[header, ...rows].join('\n')}\n`;

describe('the same images are read from a table', () => {
  const reversed = rowsOf().map((row) => row.split(',').reverse().join());
  it.each([
    ['as Kaggle’s', table()],
    ['without a header', `${rowsOf().join('\n')}\n`],
    ['without an end of its last row', table().trimEnd()],
    ['with CRLF', table().replaceAll('\n', '\r\n')],
    ['with CR', table().replaceAll('\n', '\r')],
    ['with a byte order mark', `\uFEFF${table()}`],
    ['with semicolons', table().replaceAll(',', ';')],
    ['with tabs', table().replaceAll(',', '\t')],
    ['with blank lines', `\n${table().replaceAll('\n', '\n\n')}`],
    ['with quotes', table().replaceAll(/\w+/g, (word) => `"${word}"`)],
    [
      'with quotes, without a header',
      rowsOf()
        .join('\n')
        .replaceAll(/\d+/g, (word) => `"${word}"`),
    ],
    ['with spaces', table().replaceAll(',', ' , ')],
    [
      'with numbers that have a point',
      table(
        HEADER,
        rowsOf().map((row) => row.replaceAll(/\d+/g, '$&.0')),
      ),
    ],
    [
      'with numbers that have zeros before',
      table(
        HEADER,
        rowsOf().map((row) => row.replaceAll(',', ',00')),
      ),
    ],
    ['whose label is called class', table().replace('label', 'Class')],
    ['whose label is called target', table().replace('label', '"target"')],
    ['whose pixels are called by numbers', table('label,0,1,2,3')],
    ['whose pixels are called by their place', table('label,1x1,1x2,2x1,2x2')],
  ])('%s', async (_, text) => {
    for (const length of [1, 5, 1_000]) {
      const data = await pixelsOf({ 'a.csv': text }, length);
      expect([...data.train.images]).toEqual(PIXELS);
      expect([...data.train.labels]).toEqual(LABELS);
      expect(data).toMatchObject({
        height: 2,
        width: 2,
        channels: 1,
        classNames: ['0', '1', '2'],
        validation: null,
        test: null,
        findings: [],
      });
    }
  });

  it('whose label is the last column, by its name', async () => {
    const data = await pixelsOf({ 'a.csv': table('p3,p2,p1,p0,label', reversed) });
    expect([...data.train.labels]).toEqual(LABELS);
    expect([...data.train.images.subarray(0, 4)]).toEqual([99, 7, 255, 0]);
  });

  it('whose rows are numbered besides, which is told', async () => {
    const numbered = rowsOf().map((row, k) => `${k},${row}`);
    const data = await pixelsOf({ 'a.csv': table(`,${HEADER}`, numbered) });
    expect([...data.train.images]).toEqual(PIXELS);
    expect(whats(data)).toEqual(['Passed over: column 1.']);
  });

  it('without a column called label: the first, which is told', async () => {
    const data = await pixelsOf({ 'a.csv': table(HEADER.replace('label', 'digit')) });
    expect([...data.train.labels]).toEqual(LABELS);
    expect(whats(data)).toEqual([
      'No column is called label: the labels are taken from column 1 ("digit").',
    ]);
  });

  it('whose pixels go from 0 to 1, which is told', async () => {
    const shares = PIXELS.map((pixel) => pixel / 255);
    for (const text of [
      table(HEADER, rowsOf(shares)),
      table(HEADER, rowsOf(shares.map((share) => share.toExponential()))),
    ]) {
      const data = await pixelsOf({ 'a.csv': text }, 3);
      expect([...data.train.images]).toEqual(PIXELS);
      expect(whats(data)).toEqual([expect.stringMatching(/^The pixels are numbers from 0 to 1/)]);
    }
  });

  it('of nothing but zeros and ones, which are what they are without a point', async () => {
    const bits = PIXELS.map((pixel) => pixel % 2);
    expect([...(await pixelsOf({ 'a.csv': table(HEADER, rowsOf(bits)) })).train.images]).toEqual(
      bits,
    );
    const points = bits.map((bit) => `${bit}.0`);
    const data = await pixelsOf({ 'a.csv': table(HEADER, rowsOf(points)) });
    expect([...data.train.images]).toEqual(bits.map((bit) => bit * 255));
  });

  it('with names for labels, sorted', async () => {
    const text = table().replaceAll(/^\d/gm, (digit) =>
      ['Wörm', 'ant, red', 'Bee'][Number(digit)]!.replace(/.*,.*/, '"$&"'),
    );
    for (const length of [1, 1_000]) {
      const data = await pixelsOf({ 'a.csv': text }, length);
      expect(data.classNames).toEqual(['Bee', 'Wörm', 'ant, red']);
      expect([...data.train.labels]).toEqual([0, 1, 2]);
    }
  });
});

describe('colour', () => {
  const values = Array.from({ length: 12 }, (_, k) => k);
  const colour = (header: string): string => `${header}\n0,${values.join()}\n1,${values.join()}\n`;
  const named = (names: readonly string[]): string => ['label', ...names].join();
  it('is taken with the channels of a pixel side by side', async () => {
    const data = await pixelsOf({ 'a.csv': colour(named(values.map(String))) });
    expect(data).toMatchObject({ height: 2, width: 2, channels: 3 });
    expect([...data.train.images.subarray(0, 12)]).toEqual(values);
    expect(whats(data)).toEqual([
      expect.stringMatching(
        /12 pixels .* 2×2 in colour, red, green and blue of each pixel side by side\.$/,
      ),
    ]);
  });

  it('is taken plane by plane where the header says so', async () => {
    const names = ['r', 'g', 'b'].flatMap((channel) => [0, 1, 2, 3].map((k) => `${channel}${k}`));
    expect(names[4]).toBe('g0');
    const spaced = names.map((name) => `${name[0]!}_${name[1]!}`);
    const data = await pixelsOf({ 'a.csv': colour(named(spaced)) });
    expect([...data.train.images.subarray(0, 12)]).toEqual([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
    expect(whats(data)[0]).toMatch(/all of red, then green, then blue, as the header says/);
  });
});

describe('of several tables', () => {
  it('each is a part by its name', async () => {
    const data = await pixelsOf({
      'mnist_test.csv': table(),
      'mnist_train.csv': table(),
      'val.csv': table(),
    });
    expect([data.train.count, data.validation!.count, data.test!.count]).toEqual([3, 3, 3]);
  });

  it('Kaggle’s test has no labels, which is told', async () => {
    const test = 'pixel0,pixel1,pixel2,pixel3\n1,2,3,4\n';
    const sample = 'ImageId,Label\n1,0\n';
    const data = await pixelsOf({
      'test.csv': test,
      'train.csv': table(),
      'sample_submission.csv': sample,
    });
    expect(data.test).toBeNull();
    expect(whats(data)).toEqual([
      'sample_submission.csv is passed over: its name tells no part.',
      expect.stringMatching(/^test\.csv has no column of labels, as Kaggle ships it/),
    ]);
  });

  it('all are of shares or none', async () => {
    const bits = rowsOf(PIXELS.map((pixel) => `${pixel % 2}.0`));
    const data = await pixelsOf({ 'train.csv': table(), 'test.csv': table(HEADER, bits) });
    expect([...data.test!.images]).toEqual(PIXELS.map((pixel) => pixel % 2));
  });

  it.each([
    [
      { 'a.csv': table(), 'b.csv': table() },
      /Several tables may be the one for train: a\.csv, b\.csv/,
    ],
    [
      { 'test.csv': table(), 'val.csv': table() },
      /None of the tables is for training: test\.csv, val/,
    ],
    [{}, /There is no table/],
    [{ 'train.csv': table(), 'test.csv': 'file,label\na.png,1\n' }, /of two kinds/],
    [
      { 'train.csv': table(), 'test.csv': 'label,a,b,c,d,e,f,g,h,i\n1,1,2,3,4,5,6,7,8,9\n' },
      /for test are 3×3, but/,
    ],
  ])('what does not go together is refused', async (tables, what) => {
    expect((await refusalOf(tables as Record<string, string>)).what).toMatch(what);
  });
});

describe('a table is refused that', () => {
  const changed = (from: string, to: string): string => table().replace(from, to);
  it.each<[string, string | Buffer, RegExp]>([
    ['is empty', '', /The table is empty/],
    ['holds blank lines', '\n\r\n', /The table is empty/],
    ['holds a header only', HEADER, /a header and no row below/],
    ['has one column', 'label\n1\n2\n', /has 1 columns, of which 0 would be pixels/],
    ['has pixels that make no square', 'label,a,b,c,d,e\n1,1,2,3,4,5\n', /5 make no square/],
    ['has no labels', 'a,b,c,d\n1,2,3,4\n', /no column of labels/],
    ['has a short row', changed('7,99', '7'), /Row 2 has 4 columns, but the first row has 5/],
    [
      'has a short row below',
      changed('200,0,0,1', '200,0,0'),
      /Row 4 has 4 columns, but the first row has 5/,
    ],
    ['has a long row', changed('200,0,0,1', '200,0,0,1,9'), /Row 4 has more than 5 columns/],
    [
      'has a pixel above 255',
      changed('200', '256'),
      /row 4, column 2 \("pixel0"\) is 256, but pixels/,
    ],
    ['has a pixel below 0', changed('200', '-1'), /row 4, column 2 \("pixel0"\) is -1, but/],
    [
      'has a pixel between',
      changed('200', '0.5'),
      /row 4, column 2 \("pixel0"\) is 0\.5: pixels are/,
    ],
    [
      'has a first pixel between',
      changed('2,0,255', '2,0.5,255'),
      /row 2, column 2 \("pixel0"\) is 0\.5: pixels/,
    ],
    ['has an empty pixel', changed('200', ''), /Row 4, column 2 \("pixel0"\) is empty/],
    [
      'has a pixel that is no number',
      changed('200', 'NaN'),
      /Row 4, column 2 \("pixel0"\) is "NaN", no number/,
    ],
    ['has a decimal comma', changed('200', '"0,5"'), /is "0,5", no number/],
    ['has a row without a label', changed('1,200', ',200'), /Row 4 has no label/],
    ['has labels below 0', changed('1,200', '-1,200'), /Label number 2 is -1/],
    ['has one class', table().replaceAll(/^\d/gm, '5'), /All labels are 5/],
    ['has one class by name', table().replaceAll(/^\d/gm, 'cat'), /All labels are cat/],
    ['has a long field', changed('200', '"'.padEnd(5_000, 'x')), /has more than 4096 characters/],
    ['has an open quote', changed('200', '"200'), /A quote of row 4 is not closed/],
    [
      'is in UTF-16',
      Buffer.from(`\uFEFF${table()}`, 'utf16le'),
      /not in UTF-8 \(it is in UTF-16\)/,
    ],
    [
      'is in Latin-1',
      Buffer.from(changed('1,200', 'Käfer,200'), 'latin1'),
      /not in UTF-8 \(row 4\)/,
    ],
    [
      'is in Latin-1 at once',
      Buffer.from(changed('label', 'Käfer'), 'latin1'),
      /not in UTF-8 \(row 1\)/,
    ],
    [
      'is a picture',
      Buffer.from('89504e470d0a1a0a0000', 'hex'),
      /no table: it begins as a PNG picture/,
    ],
    ['is a web page', '<!DOCTYPE html>\n<html>', /no table: it begins as a web page/],
  ])('%s', async (_, content, what) => {
    const failure = await refusalOf({ 'a.csv': content });
    expect(failure.what).toMatch(what);
    expect(failure.where).toBe('a.csv');
    expect(failure.remedy).not.toMatch(/should not happen/);
  });

  it('has more than 1,000 classes', async () => {
    const rows = Array.from({ length: 1_001 }, (_, k) => `c${k},1,2,3,4`);
    expect((await refusalOf({ 'a.csv': rows.join('\n') })).what).toMatch(
      /Row 1001 has the label c1000, the 1001th that is different/,
    );
  });

  it('has a row of more than a million columns, or of 64 MB', async () => {
    expect((await refusalOf({ 'a.csv': ','.repeat(1_100_000) })).what).toMatch(
      /Row 1 has 1100001 columns; the most taken is 1100000/,
    );
    const long = Buffer.alloc(65 * 2 ** 20, 'x');
    expect((await refusalOf({ 'a.csv': long })).what).toMatch(/Row 1 is longer than 64 MB/);
    const below = Buffer.concat([Buffer.from(`${HEADER}\n`), long]);
    expect((await refusalOf({ 'a.csv': below })).what).toMatch(/Row 2 is longer than 64 MB/);
  });
});

it('a table whose length is a lie is read all the same, and takes no more room than its rows', async () => {
  const rows = Array.from({ length: 30_000 }, (_, k) => `${k % 3},${k % 256},1,2,3\n`);
  const text = Buffer.from(rows.join(''));
  for (const bytes of [0, 1e15]) {
    const before = process.memoryUsage().arrayBuffers;
    const content = await readCsv('data', [{ path: 'a.csv', bytes, pieces: inPieces(text) }]);
    if (content.kind !== 'pixels') throw new Error('it was taken for a list of pictures');
    const { train } = content.dataset;
    expect([train.count, train.images.length]).toEqual([30_000, 120_000]);
    expect(train.images[29_999 * 4]).toBe(29_999 % 256);
    expect(train.images.buffer.byteLength).toBeLessThan(200_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 29);
  }
});

it('a file that cannot be read on is told of', async () => {
  async function* broken() {
    yield Buffer.from(table());
    await Promise.reject(new Error('the disk is gone'));
  }
  const reading = readCsv('data', [{ path: 'a.csv', bytes: 9, pieces: broken() }]);
  await expect(reading).rejects.toThrow(/The table cannot be read: the disk is gone/);
});

it('any numbers come back from a table as they were written, however it is cut into pieces', async () => {
  const image = fc.tuple(fc.constantFrom(0, 1, 2), fc.uint8Array({ minLength: 4, maxLength: 4 }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(image, { minLength: 1, maxLength: 20 }),
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.integer({ min: 1, max: 40 }),
      async (images, separator, end, length) => {
        const rows = [
          [0, 9, 9, 9, 9],
          [1, 9, 9, 9, 9],
          [2, 9, 9, 9, 9],
        ];
        const all = [...images.map(([label, pixels]) => [label, ...pixels]), ...rows];
        const text = all.map((row) => row.join(separator)).join(end);
        const { train } = await pixelsOf({ 'a.csv': text }, length);
        expect([...train.labels]).toEqual(all.map(([label]) => label));
        expect([...train.images]).toEqual(all.flatMap((row) => row.slice(1)));
      },
    ),
    { numRuns: 300 },
  );
});
