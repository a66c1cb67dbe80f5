import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { expect, it } from 'vitest';
import { OwnDrawings } from '../../main/own-drawings.ts';
import { usualAppearance } from '../../shared/appearance.ts';
import type { OwnDrawings as Answer, OwnDrawingsRequest } from '../../shared/own-drawings.ts';
import { temporaryFolder } from '../support/folders.ts';
import { memoryPreferences } from '../support/memory-preferences.ts';
import { inject } from './support/injection.mjs';

/** As the app has it after a start. */
function ownIn(root: string): OwnDrawings {
  const preferences = memoryPreferences();
  preferences.set('ownDrawings', root);
  return new OwnDrawings(preferences, {
    folderToKeepIn: () => Promise.resolve(null),
    folderToCopyTo: () => Promise.resolve(null),
    reveal: () => Promise.resolve(),
  });
}

const keep: OwnDrawingsRequest = {
  type: 'keep',
  folder: '7',
  image: { height: 28, width: 28, channels: 1, pixels: new Uint8Array(784).fill(9) },
  drawn: { appearance: usualAppearance, strokes: [[{ x: 1, y: 2, width: 24 }]] },
};
/** What was not drawn has a picture alone. */
const keepPicture: OwnDrawingsRequest = { ...keep, folder: '8', drawn: null };

const listed = (root: string): Promise<Answer | null> => ownIn(root).carryOut({ type: 'list' });

const tree = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();

/** A folder with one drawing and files of others. */
async function begun(): Promise<string> {
  const root = temporaryFolder();
  mkdirSync(join(root, '7'));
  for (const path of ['notes.txt', join('7', 'photo.png')]) writeFileSync(join(root, path), 'mine');
  await ownIn(root).carryOut(keep);
  return root;
}

/** Whole drawings alone, and what was there. */
async function expectWhole(root: string, before: readonly string[], most: number): Promise<void> {
  const answer = await listed(root);
  expect(answer?.problems).toEqual([]);
  for (const { folder, hasStrokes } of answer?.drawings ?? [])
    expect(hasStrokes).toBe(folder !== '8');
  expect(answer?.drawings.length).toBeLessThanOrEqual(most);
  const after = tree(root);
  expect(after).toEqual(expect.arrayContaining([...before]));
  expect(after.filter((path) => path.includes('unfinished'))).toEqual([]);
  expect(readFileSync(join(root, '7', 'photo.png'), 'utf8')).toBe('mine');
}

it.each([
  { code: 'ENOSPC', what: 'drawing', request: keep, operations: 8 },
  { code: 'EIO', what: 'drawing', request: keep, operations: 8 },
  { code: 'ENOSPC', what: 'picture', request: keepPicture, operations: 6 },
])('$code at each operation of a $what: said, nothing half-written', async (each) => {
  const { code, what, request, operations } = each;
  for (const failForGood of [false, true])
    for (let failAt = 1; ; failAt++) {
      const root = await begun();
      const before = tree(root);
      const own = ownIn(root);
      await own.carryOut({ type: 'list' });
      const injected = inject({ folder: root, failAt, failForGood, code });
      const failure = await own.carryOut(request).then(
        () => null,
        (error: unknown) => error,
      );
      const { failed } = injected.end();
      await expectWhole(root, before, 2);
      if (failed.length === 0) {
        expect(failure).toBeNull();
        expect(failAt).toBeGreaterThan(operations);
        break;
      }
      expect(JSON.stringify(failure)).toContain(`The ${what} could not be kept`);
    }
});

/** Keeps one drawing in a process of its own, which is killed at an operation. */
const KEEPING = `
const [root, killAt, killWhen, support, main] = process.argv.slice(1);
const { inject } = await import(support);
const { writeDrawing } = await import(main);
const strokes = { format: 'firstlayer-drawing', version: 1, kept: '', pad: 280, strokes: [],
  image: { height: 1, width: 1, channels: 1 },
  appearance: { transposed: false, mirrored: false, flipped: false, inverted: false } };
inject({ folder: root, killAt: Number(killAt), killWhen });
const picture = Buffer.from('${pngOfOnePixel()}', 'base64');
await writeDrawing(root, { folder: '1', name: '2026-11-29-120000-00c0ffee' }, picture, strokes);
`;

it('a kill at each operation: kept whole or not at all', async () => {
  const support = new URL('./support/injection.mjs', import.meta.url).href;
  const built = temporaryFolder();
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: { ssr: 'main/drawing-files.ts', outDir: built, emptyOutDir: false },
  });
  const main = pathToFileURL(join(built, readdirSync(built)[0] ?? '')).href;
  let wasKept = false;
  for (let killAt = 1; ; killAt++) {
    const root = await begun();
    const before = tree(root);
    const words = ['--input-type=module', '-e', KEEPING, root, String(killAt), 'middle'];
    const ended = spawnSync(process.execPath, [...words, support, main], {
      encoding: 'utf8',
    });
    await expectWhole(root, before, 2);
    const isKept = tree(root).some((path) => path.endsWith('00c0ffee.png'));
    // Once it is there, no later end takes it away.
    expect(isKept || !wasKept).toBe(true);
    wasKept = isKept;
    if (ended.status === 0) break;
    expect(ended.signal, ended.stderr).toBe('SIGKILL');
  }
  expect(wasKept).toBe(true);
});

function pngOfOnePixel(): string {
  return 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';
}
