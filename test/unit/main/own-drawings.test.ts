import { crc32, deflateSync } from 'node:zlib';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { OwnDrawings } from '../../../main/own-drawings.ts';
import { decodePng, encodePng } from '../../../main/png-file.ts';
import { usualAppearance } from '../../../shared/appearance.ts';
import {
  classFolders,
  classFolderSchema,
  strokesFileSchema,
  type DrawingId,
  type OwnDrawings as Answer,
  type OwnDrawingsRequest,
  type PixelBytes,
} from '../../../shared/own-drawings.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { memoryPreferences } from '../../support/memory-preferences.ts';

const image = (first = 0, channels: 1 | 3 = 1): PixelBytes => ({
  height: 3,
  width: 4,
  channels,
  pixels: Uint8Array.from({ length: 12 * channels }, (_, k) => (first + 20 * k) % 256),
});
const strokes = [[{ x: 1, y: 2, width: 24 }]];
const keep = (folder: string, first = 0): OwnDrawingsRequest => ({
  type: 'keep',
  folder,
  image: image(first),
  drawn: { appearance: usualAppearance, strokes },
});

/** Everything below a folder, by its path there. */
const tree = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();

function ownIn(root: string | null, preferences = memoryPreferences()) {
  const asked: string[] = [];
  const copies = temporaryFolder();
  const own = new OwnDrawings(preferences, {
    folderToKeepIn: () => {
      asked.push('keep');
      return Promise.resolve(root);
    },
    folderToCopyTo: () => Promise.resolve(copies),
    reveal: (path) => {
      asked.push(path);
      return Promise.resolve();
    },
  });
  const ask = async (request: OwnDrawingsRequest): Promise<Answer> => {
    const answer = await own.carryOut(request);
    if (answer === null) throw new Error('cancelled');
    return answer;
  };
  const kept = async (folder: string, first = 0): Promise<DrawingId> => {
    const { drawing } = await ask(keep(folder, first));
    if (drawing === null) throw new Error('not kept');
    return drawing;
  };
  return { own, ask, kept, asked, preferences, copies };
}

describe('PNG files', () => {
  it.each([1, 3] as const)('of %i channels come back as they were', (channels) => {
    expect(decodePng(encodePng(image(7, channels)))).toEqual(image(7, channels));
  });

  it('of other programs, with each filter, are read', () => {
    // Rows of one grey ramp, each written with another filter.
    const [width, height] = [4, 5];
    const pixels = Uint8Array.from({ length: width * height }, (_, k) => (k * 37) % 256);
    const at = (row: number, k: number): number =>
      row < 0 || k < 0 ? 0 : (pixels[row * width + k] ?? 0);
    const paeth = (a: number, b: number, c: number): number => {
      const [p, q, r] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
      return p <= q && p <= r ? a : q <= r ? b : c;
    };
    const rows = Array.from({ length: height }, (_, row) => [
      row,
      ...Array.from({ length: width }, (__, k) => {
        const [left, above, corner] = [at(row, k - 1), at(row - 1, k), at(row - 1, k - 1)];
        const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][row] ?? 0;
        return (at(row, k) - guess) & 255;
      }),
    ]);
    const file = encodePng({ width, height, channels: 1, pixels });
    const plain = decodePng(file);
    const packed = deflateSync(Uint8Array.from(rows.flat()));
    expect(decodePng(withPixels(file, packed))).toEqual(plain);
  });

  it('that are cut, damaged or no PNG are refused with the reason', () => {
    const file = encodePng(image());
    expect(() => decodePng(Buffer.from('GIF89a'))).toThrow('it is no PNG file');
    expect(() => decodePng(file.subarray(0, -5))).toThrow('it ends too early');
    const damaged = Buffer.from(file);
    damaged[45] = (damaged[45] ?? 0) ^ 255;
    expect(() => decodePng(damaged)).toThrow('it is damaged');
    const short = withPixels(file, deflateSync(Buffer.alloc(5)));
    expect(() => decodePng(short)).toThrow('pixels are missing');
  });

  it('whose pixels are more than their head tells are not unpacked', () => {
    // Else a file of some hundred kilobytes could take gigabytes of memory.
    const packed = withPixels(encodePng(image()), deflateSync(Buffer.alloc(1_000_000)));
    expect(() => decodePng(packed)).toThrow('its pixels are damaged');
  });
});

describe('class folders', () => {
  it('are called as the classes where every system takes that', () => {
    expect(classFolders(['0', '7', 'A', 'a', 'a/b', '..', 'con', 'test', 'Äpfel'])).toEqual([
      '0',
      '7',
      'class-2',
      'class-3',
      'class-4',
      'class-5',
      'class-6',
      'class-7',
      'Äpfel',
    ]);
  });

  it.each(['../7', '', '.', 'a\\b', '/etc', '7 ', 'nul'])('are never %j', (name) => {
    expect(v.is(classFolderSchema, name)).toBe(false);
  });
});

it('asks once for a folder, and keeps pictures by class with their strokes', async () => {
  const root = temporaryFolder();
  const { ask, kept, asked, own } = ownIn(root);
  expect(await ask({ type: 'list' })).toMatchObject({ place: null, drawings: [] });
  const seven = await kept('7', 3);
  await kept('1');
  expect(asked).toEqual(['keep']);
  expect(seven.name).toMatch(/^\d{4}-\d\d-\d\d-\d{6}-[\da-f]{8}$/);
  const { drawings, place, problems } = await ask({ type: 'list' });
  expect([place, problems]).toEqual([root, []]);
  expect(drawings.map(({ folder }) => folder)).toEqual(['1', '7']);
  expect(drawings[1]).toEqual({ ...seven, height: 3, width: 4, hasStrokes: true });
  const text = readFileSync(join(root, '7', `${seven.name}.json`), 'utf8');
  const file = v.parse(strokesFileSchema, JSON.parse(text));
  expect(file).toMatchObject({ version: 1, pad: 280, strokes, appearance: usualAppearance });
  expect(await own.pictures([seven])).toEqual([{ drawing: seven, image: image(3) }]);
  expect(tree(root)).toHaveLength(4);
});

it('keeps a picture that was not drawn alone, in its colours, and does all with it as with a drawing', async () => {
  const root = temporaryFolder();
  const { ask, own, copies } = ownIn(root);
  const photo = image(5, 3);
  const { drawing, drawings } = await ask({
    ...{ type: 'keep', folder: 'cat', image: photo, drawn: null },
  });
  expect(drawings).toEqual([{ ...drawing, height: 3, width: 4, hasStrokes: false }]);
  const of = (folder: string): string => join(folder, `${drawing?.name ?? ''}.png`);
  expect(tree(root)).toEqual([of('cat')]);
  const moved = (await ask({ type: 'relabel', drawing: drawing!, folder: 'dog' })).drawing!;
  expect(tree(root)).toEqual([of('dog')]);
  await ask({ type: 'delete', drawing: moved });
  expect((await ask({ type: 'restore', drawing: moved })).drawings).toHaveLength(1);
  expect(await own.pictures([moved])).toEqual([{ drawing: moved, image: photo }]);
  await ask({ type: 'export' });
  expect(tree(copies)).toHaveLength(1);
  await ask({ type: 'delete', drawing: moved });
  await ask({ type: 'forget', drawing: moved });
  expect(readdirSync(root)).toEqual([]);
});

it('keeps nothing where the person cancels the dialog', async () => {
  const { own, preferences } = ownIn(null);
  expect(await own.carryOut(keep('7'))).toBeNull();
  expect(preferences.get('ownDrawings')).toBeNull();
});

it('moves a drawing to another class, sets one aside and has it back', async () => {
  const root = temporaryFolder();
  const { ask, kept } = ownIn(root);
  const drawing = await kept('7');
  const moved = (await ask({ type: 'relabel', drawing, folder: '1' })).drawing!;
  expect(moved).toEqual({ ...drawing, folder: '1' });
  // An empty folder would be a class without pictures.
  expect(readdirSync(root)).toEqual(['1']);
  const before = tree(root);
  expect((await ask({ type: 'delete', drawing: moved })).drawings).toEqual([]);
  expect((await ask({ type: 'restore', drawing: moved })).drawings).toHaveLength(1);
  expect(tree(root)).toEqual(before);
  await ask({ type: 'delete', drawing: moved });
  await ask({ type: 'forget', drawing: moved });
  expect(readdirSync(root)).toEqual([]);
});

it('names bad files, and touches none of others', async () => {
  const root = temporaryFolder();
  const { ask, kept } = ownIn(root);
  const [good, bad] = [await kept('7'), await kept('7')];
  writeFileSync(join(root, '7', `${bad.name}.png`), 'no picture');
  const foreign = [
    'notes.txt',
    join('7', 'photo.png'),
    join('7', 'notes.json'),
    '.firstlayer-unfinished-x',
  ];
  for (const path of foreign) writeFileSync(join(root, path), 'mine');
  const { drawings, problems } = await ownIn(root, preferencesFor(root)).ask({ type: 'list' });
  expect(drawings.map(({ name }) => name)).toEqual([good.name]);
  expect(problems).toEqual([
    expect.objectContaining({
      what: 'This drawing cannot be read: it is no PNG file.',
      where: join(root, '7', `${bad.name}.png`),
    }),
  ]);
  await ask({ type: 'delete', drawing: good });
  await ask({ type: 'forget', drawing: good });
  for (const path of foreign) expect(readFileSync(join(root, path), 'utf8')).toBe('mine');
});

it('ends at its next start what a crash has left', async () => {
  const root = temporaryFolder();
  const { kept } = ownIn(root);
  const drawing = await kept('7');
  const whole = tree(root);
  const strokesFile = join(root, '7', `${drawing.name}.json`);
  const aside = join(root, `.firstlayer-unfinished-${drawing.name}`);
  const listed = () => ownIn(root, preferencesFor(root)).ask({ type: 'list' });
  // Between the picture's name and that of its strokes.
  renameSync(strokesFile, `${aside}.json`);
  expect((await listed()).drawings).toMatchObject([{ name: drawing.name, hasStrokes: true }]);
  expect(tree(root)).toEqual(whole);
  // Before any name.
  const other = join(root, '.firstlayer-unfinished-2026-11-29-120000-00c0ffee');
  cpSync(join(root, '7', `${drawing.name}.png`), `${other}.png`);
  cpSync(strokesFile, `${other}.json`);
  await listed();
  expect(tree(root)).toEqual(whole);
  // Between the two names of a drawing that becomes another class.
  mkdirSync(join(root, '1'));
  renameSync(join(root, '7', `${drawing.name}.png`), join(root, '1', `${drawing.name}.png`));
  expect((await listed()).drawings).toMatchObject([{ folder: '1', hasStrokes: true }]);
  expect(readdirSync(root)).toEqual(['1']);
});

it('says where the folder is gone, and does not make it anew', async () => {
  const root = temporaryFolder();
  const { ask, kept } = ownIn(root);
  await kept('7');
  rmSync(root, { recursive: true });
  await expect(ask(keep('7'))).rejects.toMatchObject({
    failure: { what: expect.stringContaining('could not be kept') as string, where: root },
  });
  const { drawings, problems } = await ask({ type: 'list' });
  expect([drawings, problems.length]).toEqual([[], 1]);
});

it('copies all into a folder that is new, and nothing else', async () => {
  const root = temporaryFolder();
  const { ask, kept, copies } = ownIn(root);
  await kept('7');
  await kept('1');
  const ours = tree(root);
  writeFileSync(join(root, 'notes.txt'), 'mine');
  const first = (await ask({ type: 'export' })).copiedTo!;
  const second = (await ask({ type: 'export' })).copiedTo!;
  expect(tree(first)).toEqual(ours);
  expect(readdirSync(copies)).toHaveLength(2);
  expect(second).toBe(`${first}-2`);
});

function preferencesFor(root: string) {
  const preferences = memoryPreferences();
  preferences.set('ownDrawings', root);
  return preferences;
}

/** A PNG file of ours with other packed pixels. */
function withPixels(file: Buffer, packed: Buffer): Buffer {
  const at = file.indexOf('IDAT') - 4;
  const end = file.indexOf('IEND') - 4;
  const chunk = Buffer.alloc(packed.length + 12);
  chunk.writeUInt32BE(packed.length, 0);
  chunk.write('IDAT', 4, 'latin1');
  packed.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + packed.length)), 8 + packed.length);
  return Buffer.concat([file.subarray(0, at), chunk, file.subarray(end)]);
}
