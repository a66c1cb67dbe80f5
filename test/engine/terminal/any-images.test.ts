import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presets } from '../../../shared/presets.ts';
import type { TrainerEventOf } from '../../../shared/trainer-events.ts';
import { buf as crc32 } from 'crc-32';
import { builtProgram } from '../../support/built-programs.ts';
import {
  DIGIT_NAMES,
  digitPictures,
  folderOf,
  type DigitPicture,
} from '../../support/digit-pictures.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { drawnPixels, keepIn } from '../../support/kept-drawings.ts';
import { npyOf } from '../../support/numpy-files.ts';
import { trainUntilIdle } from '../../support/trainer.ts';
import { zipOf } from '../../support/zip-writer.ts';

/** A folder of coloured pictures from the command line, as a person has one: looked at, trained on, evaluated and asked about. */

const EACH = 60;
let pictures: DigitPicture[];
let dataset: string;
let checkpoints: string;
let started: TrainerEventOf<'started'>;
let finished: TrainerEventOf<'finished'>;
const before = process.env.XDG_CACHE_HOME;

const run = (place: string) => {
  const made = presets['small-and-fast']!();
  return {
    ...made,
    data: { ...made.data, dataset: place, batchSize: 20 },
    training: { ...made.training, epochs: 4, precision: 'float32' as const },
  };
};

beforeAll(async () => {
  process.env.XDG_CACHE_HOME = temporaryFolder();
  pictures = await digitPictures(EACH, true);
  dataset = folderOf(pictures.map(({ path, png }) => ({ path, bytes: png })));
  checkpoints = temporaryFolder();
  const events = await trainUntilIdle(checkpoints, run(dataset));
  started = events.find((event) => event.type === 'started')!;
  finished = events.find((event) => event.type === 'finished')!;
});
afterAll(() => {
  if (before === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = before;
});

function program(name: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [builtProgram(name), ...args], {
    encoding: 'utf8',
    cwd: temporaryFolder(),
  });
  return { code: status, out: stdout, error: stderr };
}

describe('training on a folder of coloured pictures', () => {
  it('tells the classes’ names and follows the pictures’ size, channels and classes', () => {
    expect(started.images).toMatchObject({
      height: 28,
      width: 28,
      channels: 3,
      classNames: [...DIGIT_NAMES].sort(),
    });
    expect(started.examples).toEqual({ train: 480, validation: 120, test: 200 });
    expect(started.config.network.layers.at(-1)).toMatchObject({ type: 'dense', units: 10 });
  });

  it('learns from them', () => {
    // By chance it would be 0.1.
    expect(finished.test.accuracy).toBeGreaterThan(0.8);
    expect(finished.test.confusion).toHaveLength(10);
  });

  it('goes on from its checkpoint with the same pictures, and refuses others', async () => {
    const more = run(dataset);
    const events = await trainUntilIdle(checkpoints, {
      ...more,
      training: { ...more.training, epochs: 5 },
    });
    expect(events.find((event) => event.type === 'started')?.restoredFrom?.epoch).toBe(4);
    const others = folderOf(pictures.slice(0, -1).map(({ path, png }) => ({ path, bytes: png })));
    const refused = await trainUntilIdle(checkpoints, run(others));
    expect(refused.find((event) => event.type === 'failed')).toMatchObject({ refused: true });
  });
});

describe('reading pictures', () => {
  it('tells how far it is, and is stopped between two of them; nothing is begun then', async () => {
    const place = folderOf(
      pictures.map(({ path, png }) => ({ path: `again/${path}`, bytes: png })),
    );
    const folder = temporaryFolder();
    const events = await trainUntilIdle(folder, run(place), (event) =>
      event.type === 'reading' && event.unit === 'pictures' ? { type: 'stop' } : null,
    );
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'reading', done: expect.any(Number) as number, total: 800 }),
    );
    expect(events.filter(({ type }) => type === 'stopped')).toHaveLength(1);
    expect(events.some(({ type }) => type === 'started' || type === 'failed')).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('npm run inspect', () => {
  it('tells of each pixel of a colour image how much it counts, its channels together', () => {
    const args = ['--checkpoint-dir', checkpoints, '--what', 'saliency', '--json'];
    const { out, error, code } = program('inspect', ...args);
    expect(code, error).toBe(0);
    const told = JSON.parse(out) as { answer: { shape: number[]; values: number[] } };
    const { shape, values } = told.answer;
    expect(shape).toEqual([28, 28]);
    expect(values).toHaveLength(28 * 28);
    expect(new Set(values).size).toBeGreaterThan(100);
  });
});

describe('npm run evaluate', () => {
  it('gives what the run’s own test gave, with a table of the classes', () => {
    const { out, code } = program(
      'evaluate',
      '--checkpoint-dir',
      checkpoints,
      '--from',
      'model.ckpt-96',
      '--json',
    );
    expect(code).toBe(0);
    const told = JSON.parse(out) as Record<string, unknown>;
    expect(told).toMatchObject({ part: 'test', examples: 200, ...finished.test });
    const text = program('evaluate', '--checkpoint-dir', checkpoints).out;
    for (const name of DIGIT_NAMES) expect(text).toContain(name);
    expect(text).toMatch(/Taken for/);
  });

  it('takes other data of the same form, and refuses what does not fit', () => {
    const some = folderOf(
      pictures
        .filter(({ path }) => path.startsWith('test/'))
        .map(({ path, png }) => ({ path: path.replace('test/', 'train/'), bytes: png })),
    );
    const part = ['--part', 'train', '--validation-size', '0', '--test-share', '0.05'];
    const good = program('evaluate', '--checkpoint-dir', checkpoints, '--dataset', some, ...part);
    expect(good.code).toBe(0);
    expect(good.out).toMatch(/train images:/);
    const other = program('evaluate', '--checkpoint-dir', checkpoints, '--dataset', 'mnist');
    expect(other.code).toBe(2);
    expect(other.error).toMatch(/takes images of 28×28×3; these are 28×28×1/);
    const odd = program('evaluate', '--checkpoint-dir', checkpoints, '--part', 'exam');
    expect([odd.code, odd.error]).toEqual([2, expect.stringMatching(/--part must be one of/)]);
  });

  it('scores the drawings that a person keeps, and says what is wrong with them', async () => {
    const own = temporaryFolder();
    const keep = keepIn(own);
    for (const [ink, name] of [DIGIT_NAMES[3]!, DIGIT_NAMES[3]!, DIGIT_NAMES[7]!].entries())
      await keep(name, drawnPixels(ink, { channels: 3 }), { channels: 3 });
    await keep('elsewhere', drawnPixels(4, { channels: 3 }), { channels: 3 });
    await keep(DIGIT_NAMES[0]!, drawnPixels(5, { channels: 3, side: 14 }), {
      ...{ channels: 3, side: 14 },
    });
    const evaluate = (...args: string[]) =>
      program('evaluate', '--checkpoint-dir', checkpoints, ...args);
    const { code, out, error } = evaluate('--own-drawings', own, '--json');
    const told = JSON.parse(out) as { confusion: number[][] };
    expect([code, told]).toEqual([
      0,
      expect.objectContaining({ dataset: own, part: 'own-drawings', examples: 4 }),
    ]);
    expect(told.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(4);
    expect(error).toMatch(/Note: 1 drawing is left out, of classes that there are not here: else/);
    expect(error).toMatch(/Note: 1 drawing is brought to 28×28\./);
    const text = evaluate('--own-drawings', own).out;
    expect(text).toMatch(/, 4 own drawings:\ncost /);
    expect(text).toContain(DIGIT_NAMES[7]);
    const refused = [
      [[temporaryFolder()], /There are no drawings of yours in this folder/],
      [[join(own, 'gone')], /The folder of your drawings cannot be read/],
      [[own, '--part', 'test'], /own drawings have no parts/],
      [[own, '--dataset', 'mnist'], /--own-drawings and --dataset are two sets/],
    ] as const;
    for (const [args, what] of refused) {
      const bad = evaluate('--own-drawings', ...args);
      expect([bad.code, bad.error]).toEqual([2, expect.stringMatching(what)]);
    }
  });
});

describe('npm run predict', () => {
  it('names what it sees in picture files, prepared as the training images were', () => {
    const seen = pictures.filter(({ path }) => path.startsWith('train/')).slice(0, 40);
    const files = seen.map(({ path }) => join(dataset, path));
    const { out, code } = program('predict', '--checkpoint-dir', checkpoints, '--json', ...files);
    expect(code).toBe(0);
    const lines = out
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as {
            file: string;
            predictions: { class: string; probability: number }[];
          },
      );
    expect(lines.map(({ file }) => file)).toEqual(files);
    const right = lines.filter(
      ({ predictions }, k) => predictions[0]?.class === DIGIT_NAMES[seen[k]!.label],
    );
    expect(right.length).toBeGreaterThan(32);
    for (const { predictions } of lines)
      expect(predictions.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 4);
  });

  it('answers the others where one cannot be read, and ends with 1', () => {
    const bad = join(temporaryFolder(), 'words.png');
    writeFileSync(bad, 'words');
    const good = join(dataset, pictures[0]!.path);
    const { out, error, code } = program(
      'predict',
      '--checkpoint-dir',
      checkpoints,
      bad,
      good,
      '/no/such.png',
    );
    expect(code).toBe(1);
    expect(error).toMatch(/words\.png/);
    expect(error).toMatch(/no\/such\.png/);
    expect(out).toMatch(/%/);
  });
});

describe('npm run data', () => {
  it('shows sizes, images of each class and a sheet of samples', () => {
    const folder = temporaryFolder();
    const sheet = join(folder, 'sheet.png');
    const { out, code } = program('data', 'show', dataset, '--sheet', sheet);
    expect(code).toBe(0);
    expect(out).toMatch(/images of 28×28, colour, 10 classes/);
    expect(out).toMatch(/^seven +48 +12 +20$/m);
    expect(readFileSync(sheet).subarray(1, 4).toString()).toBe('PNG');
    expect(program('data', 'list').out).toMatch(/^mnist +here/m);
  });
});

/** A PNG header that promises so many pixels in some bytes. */
function bomb(side: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    crc.writeInt32BE(crc32(body));
    return Buffer.concat([length, body, crc]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(100_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('what cannot be trained on is named, and nothing is begun:', () => {
  const some = () =>
    pictures.filter((_, k) => k % 20 === 0).map(({ path, png }) => ({ path, bytes: png }));
  const cases: [string, () => string, RegExp][] = [
    ['a folder with nothing in it', () => temporaryFolder(), /There is no file in it/],
    [
      'one class',
      () => folderOf(some().filter(({ path }) => path.startsWith('train/zero/'))),
      /one class only, zero/,
    ],
    [
      'an empty class folder',
      () => {
        const folder = folderOf(some());
        mkdirSync(join(folder, 'train/ten'));
        return folder;
      },
      /train\/ten holds no picture/,
    ],
    [
      'a picture of 0 bytes',
      () => folderOf([...some(), { path: 'train/zero/none.png', bytes: '' }]),
      /none\.png cannot be taken: it is empty/,
    ],
    [
      'a text that is called a picture',
      () => folderOf([...some(), { path: 'train/zero/letter.png', bytes: 'Dear Sir' }]),
      /letter\.png.*text/,
    ],
    [
      'a decompression bomb',
      () => folderOf([...some(), { path: 'train/zero/bomb.png', bytes: bomb(14_200) }]),
      /bomb\.png.*megapixels/,
    ],
    [
      'nothing but a link that leads out of the folder',
      () => {
        const folder = temporaryFolder();
        symlinkSync(dataset, join(folder, 'train'));
        return folder;
      },
      /There is no file in it/,
    ],
    [
      'a table without labels',
      () => folderOf([{ path: 'a.csv', bytes: 'pixel0,pixel1,pixel2,pixel3\n1,2,3,4\n5,6,7,8\n' }]),
      /label/,
    ],
    [
      'a table of a million columns and more',
      () => folderOf([{ path: 'a.csv', bytes: `label${',0'.repeat(1_200_000)}\n` }]),
      /columns/,
    ],
    [
      'an array of pickled objects',
      () => {
        const path = join(temporaryFolder(), 'a.npz');
        const pickled = npyOf(
          "{'descr': '|O', 'fortran_order': False, 'shape': (3,), }",
          Buffer.alloc(40),
        );
        writeFileSync(
          path,
          zipOf([
            { name: 'x_train.npy', bytes: pickled },
            { name: 'y_train.npy', bytes: pickled },
          ]),
        );
        return path;
      },
      /pickle|objects/,
    ],
  ];
  it.each(cases)('%s', async (_, make, what) => {
    const folder = temporaryFolder();
    const place = make();
    const events = await trainUntilIdle(folder, run(place));
    const failed = events.find((event) => event.type === 'failed');
    expect(failed).toMatchObject({ refused: true });
    expect(failed?.what).toMatch(what);
    expect(failed?.where).toContain(place);
    expect(readdirSync(folder)).toEqual([]);
    expect(existsSync(join(place, 'nothing'))).toBe(false);
  });
});
