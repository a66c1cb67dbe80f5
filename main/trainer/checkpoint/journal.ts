import { FailureError, type Failure } from '../../../shared/ipc.ts';
import { messageOf } from '../../../shared/system-errors.ts';
import type { FilmAnswer, FilmRequest } from '../../../shared/film.ts';
import { FILM } from './film/film-lines.ts';
import { FilmLog, type NewFrame } from './film/film-log.ts';
import { METRICS } from './history.ts';
import { appendMetrics, MetricsLog, type Logged, type LogStart } from './metrics-log.ts';
import type { CheckpointStore } from './store.ts';
import { TENSORBOARD, TensorBoardLog } from './tensorboard/log.ts';

type Warn = (failure: Failure) => void;

/**
 * Writes a run's curves and events to metrics.jsonl and TensorBoard's files, and its first layer's filters to filters.jsonl. Failures
 * are reported once and harm no checkpoint.
 */
export class Journal {
  readonly #metrics = new MetricsLog();
  #tensorBoard: TensorBoardLog | null = null;
  #film: FilmLog | null = null;
  #store: CheckpointStore | null = null;
  readonly #said = new Set<string>();

  /** Writes to this folder from now on, continuing from `start`. Events not yet written to an earlier folder are written here. */
  begin(store: CheckpointStore, start: LogStart): void {
    this.#store = store;
    this.#metrics.begin(start);
    this.#tensorBoard = new TensorBoardLog(store.folder, start, this.#tensorBoard);
    const { branch, step, filters } = start;
    this.#film = filters
      ? new FilmLog(filters, { folder: store.folder, branch, step }, this.#film)
      : null;
  }

  add(event: Logged): void {
    this.#metrics.add(event);
    this.#tensorBoard?.add(event);
  }

  addFrame(frame: NewFrame): void {
    this.#film?.add(frame);
  }

  /** Null: no film is kept. */
  async answerFilm(request: FilmRequest): Promise<FilmAnswer | null> {
    return (await this.#film?.answer(request)) ?? null;
  }

  /** Writes what has been added so far. */
  async write(warn: Warn): Promise<void> {
    const store = this.#store;
    if (!store) return;
    try {
      await store.checkSame();
    } catch {
      // Saving the checkpoint reports this.
      return;
    }
    await this.#writeMetrics(store, warn);
    await this.#writeTensorBoard(store, warn);
    await this.#writeFilm(store, warn);
  }

  async #writeMetrics(store: CheckpointStore, warn: Warn): Promise<void> {
    const lines = this.#metrics.take();
    try {
      await appendMetrics(store.folder, lines, () => store.checkSame());
      this.#said.delete(METRICS);
    } catch (error) {
      this.#metrics.putBack(lines);
      if (!(error instanceof FailureError)) this.#say(METRICS, store.folder, error, warn);
    }
  }

  async #writeTensorBoard(store: CheckpointStore, warn: Warn): Promise<void> {
    try {
      await this.#tensorBoard?.write(() => store.checkSame());
      this.#said.delete(TENSORBOARD);
    } catch (error) {
      if (!(error instanceof FailureError)) this.#say(TENSORBOARD, store.folder, error, warn);
    }
  }

  async #writeFilm(store: CheckpointStore, warn: Warn): Promise<void> {
    if (!this.#film) return;
    try {
      await this.#film.write(() => store.checkSame());
      this.#said.delete(FILM);
      this.#sayProblems(await this.#film.problems, warn);
    } catch (error) {
      if (error instanceof FailureError) return;
      this.#say(FILM, store.folder, error, warn, 'The film of the filters');
    }
  }

  /** What of the folder's film could not be read when the run began. */
  #sayProblems(problems: readonly Failure[], warn: Warn): void {
    for (const failure of problems) {
      if (this.#said.has(failure.what)) continue;
      this.#said.add(failure.what);
      warn(failure);
    }
  }

  #say(part: string, where: string, error: unknown, warn: Warn, subject = 'The curves'): void {
    if (this.#said.has(part)) return;
    this.#said.add(part);
    warn({
      what: `${subject} could not be written to ${part}: ${messageOf(error)}.`,
      where,
      remedy:
        'Checkpoints are not touched by this. See that the disk is not full and may be written to.',
    });
  }
}
