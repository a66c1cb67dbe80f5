import { describe, expect, it } from 'vitest';
import { picturesOf, refusalOf, whats } from './csv-content.ts';

const expected = [
  { path: 'a/1.png', label: 1, part: null },
  { path: 'b 2.JPG', label: 0, part: null },
  { path: 'ü,3.gif', label: 1, part: null },
];

describe('the same list is read from a table', () => {
  it.each([
    ['with a header', 'filename,label\na/1.png,dog\nb 2.JPG,cat\n"ü,3.gif",dog\n'],
    ['without a header', 'a/1.png,dog\nb 2.JPG,cat\n"ü,3.gif",dog'],
    ['in the other order', 'class;image\ndog;a/1.png\ncat;b 2.JPG\ndog;ü,3.gif\n'],
    ['with tabs and CRLF', 'dog\ta/1.png\r\ncat\tb 2.JPG\r\ndog\tü,3.gif\r\n'],
    ['with a byte order mark', '\uFEFFpath,y\n./a/1.png,dog\n.\\b 2.JPG,cat\n"ü,3.gif",dog\n'],
    ['with Windows’ folders', 'filename,label\na\\1.png,dog\nb 2.JPG,cat\n"ü,3.gif",dog\n'],
  ])('%s', async (_, text) => {
    for (const length of [1, 1_000]) {
      const list = await picturesOf({ 'a.csv': text }, length);
      expect(list).toEqual({ classNames: ['cat', 'dog'], pictures: expected, findings: [] });
    }
  });

  it('with more columns, which are told', async () => {
    const text = 'id,image,width,label\n7,a/1.png,20,dog\n8,b 2.JPG,30,cat\n9,"ü,3.gif",1,dog\n';
    const list = await picturesOf({ 'a.csv': text });
    expect(list.pictures).toEqual(expected);
    expect(whats(list)).toEqual(['Passed over: column 1 ("id"), column 3 ("width").']);
  });
});

it('numbers are classes in their order, and no class is made of what lacks', async () => {
  const rows = ['10', '9', '700'].map((label, k) => `${k}.png,${label}`);
  const list = await picturesOf({ 'a.csv': rows.join('\n') });
  expect(list.classNames).toEqual(['9', '10', '700']);
  expect(list.pictures.map(({ label }) => label)).toEqual([1, 0, 2]);
});

it('files without an ending are known by the name of their column', async () => {
  const { pictures } = await picturesOf({ 'labels.csv': 'id,breed\n000bec,pug\n00ab,boxer\n' });
  expect(pictures.map(({ path }) => path)).toEqual(['000bec', '00ab']);
});

it('a column tells the part', async () => {
  const text =
    'file,split,label\n1.png,train,a\n2.png,Val,b\n3.png,test,a\n4.png,,b\n5.png,TRAINING,b\n';
  const { pictures } = await picturesOf({ 'a.csv': text });
  expect(pictures.map(({ part }) => part)).toEqual(['train', 'validation', 'test', null, 'train']);
});

it('of several tables, their names tell the part; one without labels is told', async () => {
  const list = await picturesOf({
    'train.csv': 'file,label\n1.png,a\n2.png,b\n',
    'val.csv': 'file,label\n3.png,a\n',
    'test.csv': 'file\n4.png\n',
  });
  expect(list.pictures.map(({ part }) => part)).toEqual(['train', 'train', 'validation']);
  expect(whats(list)).toEqual([expect.stringMatching(/^test\.csv has no column of labels/)]);
});

describe('a table is refused that', () => {
  const head = 'filename,label\n1.png,a\n';
  it.each<[string, string | Buffer, RegExp]>([
    ['has no labels', 'filename\n1.png\n2.png\n', /no column of labels/],
    [
      'does not say which column the label is',
      'filename,size,colour\n1.png,3,red\n',
      /None of the columns is called label: filename, size, colour/,
    ],
    ['has a row without a label', `${head}2.png,\n`, /Row 3 has no label/],
    ['has a row without a file', `${head},b\n`, /Row 3 has no file name/],
    ['has a short row', `${head}2.png,b\n3.png\n`, /Row 4 has 1 columns, but the first row has 2/],
    [
      'has a long row',
      `${head}2.png,b\n3.png,b,c\n`,
      /Row 4 has 3 columns, but the first row has 2/,
    ],
    ['has one class', `${head}2.png,a\n`, /All labels are a: there is one class only/],
    ['has a file twice', `${head}2.png,b\n./1.png,b\n`, /Row 4 names "1\.png" again/],
    [
      'leads out of its folder',
      `${head}x/../../2.png,b\n`,
      /Row 3 names "x\/\.\.\/\.\.\/2\.png", which is not below/,
    ],
    [
      'names a place of the system',
      `${head}/etc/2.png,b\n`,
      /which is not below the table’s folder/,
    ],
    ['names a drive', `${head}C:\\2.png,b\n`, /which is not below/],
    ['names another machine', `${head}https://a.b/2.png,b\n`, /which is not below/],
    [
      'has a part that is not known',
      'file,split,label\n1.png,fold1,a\n',
      /Row 2 is of the part "fold1"/,
    ],
    ['has wrong quotes', `${head}"2.png"x,b\n`, /The quotes of row 3 are wrong/],
    ['has an open quote', `${head}2.png,b\n"3.png,b\n`, /The quotes of row 4 are wrong/],
    [
      'is in Latin-1',
      Buffer.from(`${head}2.png,Käfer\n`, 'latin1'),
      /not in UTF-8 \(row \d or below\)/,
    ],
    [
      'has labels that are no names',
      `${head}2.png,${'b'.repeat(201)}\n`,
      /The label of row 3 has 201 char/,
    ],
  ])('%s', async (_, content, what) => {
    const failure = await refusalOf({ 'a.csv': content });
    expect(failure.what).toMatch(what);
    expect(failure.where).toBe('a.csv');
  });
});
