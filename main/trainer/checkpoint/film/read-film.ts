import { join } from 'node:path';
import { stretchesOf, type Branch } from '../../../../shared/branch.ts';
import { weightsOf } from '../../../../shared/film.ts';
import type { Failure } from '../../../../shared/ipc.ts';
import { messageOf } from '../../../../shared/system-errors.ts';
import type { KernelShape } from '../../../../shared/weight-edit.ts';
import { withFile } from '../../files/bounded-file.ts';
import { hasCode, readHead } from '../../files/durable-files.ts';
import { scanLines } from '../history.ts';
import { FILM, filmFile, parseFilmLine, type FilmResumed, type KeptFrame } from './film-lines.ts';

/** The frames on the way to one step of a branch. */
export interface Film {
  /** Null: there are none. */
  shape: KernelShape | null;
  tried: number;
  /** In the order of their steps, one a step. */
  frames: KeptFrame[];
}

export const noFilm = (): Film => ({ shape: null, tried: 0, frames: [] });

/** Gathers a film's frames, line by line. */
class FilmReader {
  #shape: KernelShape | null = null;
  #tried = 0;
  #branch = 1;
  #frames: KeptFrame[] = [];
  /** Lines that nothing could be made of; the last may have been cut off by a crash, which loses nothing that counts. */
  #damaged = 0;
  #isLastTorn = false;

  addLine(text: string): void {
    const line = parseFilmLine(text);
    if (line.type === 'resumed') this.#resume(line);
    else if (this.#isLastTorn) this.#damaged++;
    this.#isLastTorn = false;
    if (line.type === 'torn') this.#isLastTorn = true;
    if (line.type !== 'frame' || this.#shape === null) return;
    const { step, reason, dead, values } = line;
    if (values.length !== weightsOf(this.#shape)) this.#damaged++;
    else this.#frames.push({ branch: this.#branch, step, reason, dead, values });
  }

  get damaged(): number {
    return this.#damaged;
  }

  filmOf(branch: Branch, step: number): Film {
    const frames = frameWay(this.#frames, branch, step);
    return frames.length === 0 ? noFilm() : { shape: this.#shape, tried: this.#tried, frames };
  }

  #resume({ branch, step, shape, tried }: FilmResumed): void {
    // The folder was taken over by a run with another network.
    if (this.#shape !== null && this.#shape.join() !== shape.join()) this.#frames = [];
    this.#frames = this.#frames.filter(
      (frame) => frame.branch !== branch || (step > 0 && frame.step <= step),
    );
    [this.#branch, this.#shape, this.#tried] = [branch, shape, tried];
  }
}

/**
 * Those on the way to a step of a branch. Where one was forked its own frame counts: weights may have been set by hand.
 * @param step of the branch itself; Infinity: its newest
 */
export function frameWay(
  frames: readonly KeptFrame[],
  branch: Branch,
  step = Infinity,
): KeptFrame[] {
  const way = new Map<number, KeptFrame>();
  for (const { branch: number, after, last } of stretchesOf(branch, step))
    for (const frame of frames)
      if (frame.branch === number && frame.step >= after && frame.step <= last)
        way.set(frame.step, frame);
  return [...way.values()].sort((a, b) => a.step - b.step);
}

/** Reads the film that leads to `step` of `branch`, and reports what could not be read. */
export async function readFilm(
  folder: string,
  branch: Branch,
  step: number,
): Promise<{ film: Film; problems: Failure[] }> {
  const path = join(folder, FILM);
  const reader = new FilmReader();
  try {
    const head = await readHead(path);
    if (head === null) return { film: noFilm(), problems: [] };
    if (!filmFile.isOurs(head))
      return {
        film: noFilm(),
        problems: [problem(path, `${FILM} is another program’s or another version’s file.`)],
      };
    const rest = await withFile(path, (file) =>
      scanLines(file, (chunk, begin, end) => {
        reader.addLine(chunk.toString('utf8', begin, end));
      }),
    );
    if (rest.length > 0) reader.addLine(rest.toString('utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return { film: noFilm(), problems: [] };
    return { film: noFilm(), problems: [problem(path, `It cannot be read: ${messageOf(error)}.`)] };
  }
  const { damaged } = reader;
  const said = `${damaged === 1 ? 'One line is' : `${damaged} lines are`} damaged, and left out.`;
  return {
    film: reader.filmOf(branch, step),
    problems: damaged === 0 ? [] : [problem(path, said)],
  };
}

const problem = (where: string, what: string): Failure => ({
  what: `The film of the filters is not whole. ${what}`,
  where,
  remedy: 'Nothing has to be done: checkpoints and curves are not touched by this.',
});
