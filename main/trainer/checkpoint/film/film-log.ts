import { isFrameStep, shareFrame, framesKept } from '../../../../shared/film-steps.ts';
import { weightsOf, type FilmAnswer, type FilmRequest } from '../../../../shared/film.ts';
import type { Branch } from '../../../../shared/branch.ts';
import type { Failure } from '../../../../shared/ipc.ts';
import type { KernelShape } from '../../../../shared/weight-edit.ts';
import { appendLines } from '../append-lines.ts';
import { filmFile, frameLine, resumedLine, type KeptFrame } from './film-lines.ts';
import { frameWay, readFilm, type Film } from './read-film.ts';

/** What is filmed. */
export interface FilmStart {
  shape: KernelShape;
  /** Images that a filter is tried on before it is called dead. */
  tried: number;
}

/** Where, and from where on. */
interface FilmPlace {
  folder: string;
  branch: Branch;
  step: number;
}

export type NewFrame = Omit<KeptFrame, 'branch'>;

/**
 * The film of a run under way: what the folder has of it, and the frames since. They are written together with each checkpoint, so that
 * a frame counts if its step is on the way to the checkpoint that a run goes on from.
 */
export class FilmLog {
  readonly #start: FilmStart;
  readonly #place: FilmPlace;
  readonly #kept: number;
  /** On the way to the present step, in order. */
  #frames: KeptFrame[] = [];
  /** Taken while the folder is still being read. */
  #waiting: NewFrame[] = [];
  #unwritten = new Set<KeptFrame>();
  /** The branch that the file's last line belongs to; null: nothing was written yet. */
  #written: number | null = null;
  readonly #loaded: Promise<Failure[]>;

  /** @param before film of the folder that the run leaves: all of it goes along */
  constructor(start: FilmStart, place: FilmPlace, before: FilmLog | null) {
    this.#start = start;
    this.#place = place;
    this.#kept = framesKept(weightsOf(start.shape));
    this.#loaded = before ? this.#takeFrom(before) : this.#readFolder();
  }

  /** The frame is not copied. */
  add(frame: NewFrame): void {
    this.#waiting.push(frame);
  }

  /**
   * Appends what was not written yet.
   * @returns what of the folder's film could not be read, once
   * @throws Error when it cannot be written; it is written the next time then
   */
  async write(check: () => Promise<void>): Promise<void> {
    await this.#settle();
    const frames = this.#frames.filter((frame) => this.#unwritten.has(frame));
    let last = this.#written;
    const lines = frames.flatMap((frame) => {
      const begins = frame.branch !== last;
      last = frame.branch;
      return [...(begins ? [this.#resumedLine(frame)] : []), frameLine(frame)];
    });
    await appendLines(this.#place.folder, filmFile, lines, check);
    for (const frame of frames) this.#unwritten.delete(frame);
    this.#written = last;
  }

  /** What of the folder's film could not be read when the run began. */
  get problems(): Promise<Failure[]> {
    return this.#loaded;
  }

  /** Frames that are not written yet included. */
  async answer({ branch, step, after }: FilmRequest): Promise<FilmAnswer> {
    await this.#settle();
    const frames = frameWay(this.#frames, branch, step ?? Infinity);
    return answerWith({ ...this.#start, frames }, after);
  }

  async #settle(): Promise<void> {
    await this.#loaded;
    for (const frame of this.#waiting.splice(0)) this.#keep(frame);
  }

  #keep(frame: NewFrame): void {
    if (!this.#isWanted(frame) || !frame.values.every(Number.isFinite)) return;
    const kept = { ...frame, branch: this.#place.branch.number };
    this.#frames.push(kept);
    this.#frames.sort((a, b) => a.step - b.step || a.branch - b.branch);
    this.#unwritten.add(kept);
  }

  /** Of checkpoints that share a frame the first has one of its own, so that any number of them is a bounded film. */
  #isWanted({ step, reason }: NewFrame): boolean {
    const own = this.#frames.filter(({ branch }) => branch === this.#place.branch.number);
    if (own.some((frame) => frame.step === step)) return false;
    if (reason === 'start') return this.#frames.length === 0;
    if (reason === 'step') return isFrameStep(step, this.#kept);
    return !own.some(
      (frame) => frame.reason === 'checkpoint' && shareFrame(frame.step, step, this.#kept),
    );
  }

  #resumedLine({ branch, step }: KeptFrame): string {
    const from = Math.min(step, this.#place.step);
    return resumedLine(branch, from, this.#start.shape, this.#start.tried);
  }

  async #readFolder(): Promise<Failure[]> {
    const { folder, branch, step } = this.#place;
    // Begun afresh: what lies there is not this run's.
    const isFresh = step === 0 && branch.forks.length === 0;
    const { film, problems } = await readFilm(folder, branch, isFresh ? -1 : step);
    if (film.shape?.join() === this.#start.shape.join()) this.#frames = film.frames;
    return problems;
  }

  async #takeFrom(before: FilmLog): Promise<Failure[]> {
    await before.#settle();
    this.#frames = before.#frames;
    this.#unwritten = new Set(this.#frames);
    return [];
  }
}

/** @param after frames of later steps alone; null: all */
export const answerWith = (
  { shape, tried, frames }: Film,
  after: number | null,
  problems: Failure[] = [],
): FilmAnswer => ({
  type: 'film',
  shape: shape && [...shape],
  tried,
  frames: frames
    .filter(({ step }) => after === null || step > after)
    .map(({ step, dead, values }) => ({ step, dead, values })),
  problems,
});
