import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FILM,
  frameLine,
  parseFilmLine,
  type FrameReason,
} from '../../../../../main/trainer/checkpoint/film/film-lines.ts';
import { FilmLog } from '../../../../../main/trainer/checkpoint/film/film-log.ts';
import { readFilm } from '../../../../../main/trainer/checkpoint/film/read-film.ts';
import { firstBranch, type Branch } from '../../../../../shared/branch.ts';
import { temporaryFolder } from '../../../../support/folders.ts';

const start = { shape: [1, 2, 1, 1], tried: 32 } as const;
const same = (): Promise<void> => Promise.resolve();
const isHere = async (folder: string, branch: Branch = firstBranch, step = Infinity) =>
  (await readFilm(folder, branch, step)).film.frames.map((frame) => [frame.step, frame.values[0]]);

/** One run from `step` on: frames, each with a number of its own, then what was written. */
async function filmed(
  folder: string,
  step: number,
  frames: readonly (readonly [number, FrameReason, number])[],
  branch: Branch = firstBranch,
): Promise<FilmLog> {
  const log = new FilmLog(start, { folder, branch, step }, null);
  for (const [at, reason, value] of frames)
    log.add({ step: at, reason, dead: null, values: Float32Array.of(value, 0) });
  await log.write(same);
  return log;
}

describe('a line of the film', () => {
  it('says again, to the bit, what was written', () => {
    const numbers = fc.float32Array({ minLength: 1, noNaN: true });
    const dead = fc.option(fc.array(fc.nat(500)));
    fc.assert(
      fc.property(fc.nat(), numbers, dead, (step, values, whichDead) => {
        const frame = { step, reason: 'step' as const, dead: whichDead, values };
        const line = frameLine({ ...frame, branch: 1 });
        expect(line).not.toContain('\n');
        expect(parseFilmLine(line)).toEqual({ type: 'frame', ...frame });
      }),
    );
  });

  it('of which a letter was changed is no frame', () => {
    const line = frameLine({
      branch: 1,
      step: 8,
      reason: 'step',
      dead: [],
      values: Float32Array.of(0.5, -1.25, 3),
    });
    const at = line.indexOf('values":"') + 11;
    expect(parseFilmLine(`${line.slice(0, at)}Q${line.slice(at + 1)}`)).toEqual({ type: 'torn' });
  });
});

describe('the film of a run', () => {
  it('that was killed has what its checkpoint had, and what was done again once', async () => {
    const folder = temporaryFolder();
    await filmed(folder, 0, [
      [0, 'start', 1],
      [8, 'step', 2],
      [16, 'step', 3],
      [24, 'step', 4],
    ]);
    expect(await isHere(folder, firstBranch, 16)).toEqual([
      [0, 1],
      [8, 2],
      [16, 3],
    ]);
    const again = await filmed(folder, 10, [
      [10, 'start', 9],
      [16, 'step', 5],
      [24, 'step', 6],
    ]);
    const film = [
      [0, 1],
      [8, 2],
      [16, 5],
      [24, 6],
    ];
    expect(await isHere(folder)).toEqual(film);
    const live = await again.answer({ type: 'film', branch: firstBranch, step: null, after: 8 });
    expect(live.frames.map(({ step, values }) => [step, values[0]])).toEqual(film.slice(2));
  });

  it('of a branch begins as its ancestors did, and has its own frame where it was forked', async () => {
    const folder = temporaryFolder();
    await filmed(folder, 0, [
      [0, 'start', 1],
      [8, 'step', 2],
      [16, 'step', 3],
    ]);
    const second: Branch = { number: 2, forks: [{ branch: 1, step: 8 }] };
    await filmed(
      folder,
      8,
      [
        [8, 'checkpoint', 7],
        [16, 'step', 8],
      ],
      second,
    );
    expect(await isHere(folder, second)).toEqual([
      [0, 1],
      [8, 7],
      [16, 8],
    ]);
    expect(await isHere(folder)).toEqual([
      [0, 1],
      [8, 2],
      [16, 3],
    ]);
  });

  it('has a frame of one checkpoint of those that share one, so that it is bounded', async () => {
    const folder = temporaryFolder();
    await filmed(folder, 0, [
      [0, 'start', 1],
      ...Array.from({ length: 24 }, (_, k) => [k + 1, 'checkpoint', k] as const),
    ]);
    expect((await isHere(folder)).map(([step]) => step)).toEqual([0, 1, 9, 17]);
  });

  it('that begins afresh, with another network or the same, has nothing of what was there', async () => {
    const folder = temporaryFolder();
    await filmed(folder, 0, [
      [0, 'start', 1],
      [8, 'step', 2],
    ]);
    await filmed(folder, 0, [[0, 'start', 5]]);
    expect(await isHere(folder)).toEqual([[0, 5]]);
    const other = new FilmLog(
      { shape: [1, 1, 1, 1], tried: 1 },
      { folder, branch: firstBranch, step: 0 },
      null,
    );
    other.add({ step: 0, reason: 'start', dead: null, values: Float32Array.of(6) });
    await other.write(same);
    expect(await isHere(folder)).toEqual([[0, 6]]);
  });

  it('goes along to another folder as a whole', async () => {
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    const log = await filmed(first, 0, [
      [0, 'start', 1],
      [8, 'step', 2],
    ]);
    const moved = new FilmLog(start, { folder: second, branch: firstBranch, step: 12 }, log);
    moved.add({ step: 16, reason: 'step', dead: [0], values: Float32Array.of(3, 0) });
    await moved.write(same);
    expect(await isHere(second)).toEqual([
      [0, 1],
      [8, 2],
      [16, 3],
    ]);
  });

  it('loses what is damaged, which is said, and what a crash tore', async () => {
    const folder = temporaryFolder();
    const path = join(folder, FILM);
    await filmed(folder, 0, [
      [0, 'start', 1],
      [8, 'step', 2],
      [16, 'step', 3],
    ]);
    appendFileSync(path, '{"type":"frame","st');
    expect((await readFilm(folder, firstBranch, 99)).problems).toEqual([]);
    await filmed(folder, 16, [[24, 'step', 4]]);
    expect((await readFilm(folder, firstBranch, 99)).problems).toEqual([]);
    const lines = readFileSync(path, 'utf8').split('\n');
    const at = lines.findIndex((line) => line.includes('"step":8,'));
    lines[at] = lines[at]!.replace('"crc":', '"crc":1');
    writeFileSync(path, lines.join('\n'));
    const { film, problems } = await readFilm(folder, firstBranch, 99);
    expect(film.frames.map(({ step }) => step)).toEqual([0, 16, 24]);
    expect(problems).toMatchObject([{ where: path }]);
  });

  it('is not written to another program’s file, and has no frame that is no number', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, FILM), '{"filters": 3}\n');
    await expect(filmed(folder, 0, [[0, 'start', 1]])).rejects.toThrow(/another program’s/);
    expect(readFileSync(join(folder, FILM), 'utf8')).toBe('{"filters": 3}\n');
    expect((await readFilm(folder, firstBranch, 9)).problems).toHaveLength(1);
    const own = temporaryFolder();
    await filmed(own, 0, [
      [0, 'start', 1],
      [8, 'step', NaN],
    ]);
    expect(await isHere(own)).toEqual([[0, 1]]);
  });
});
