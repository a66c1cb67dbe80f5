import { FailureError, type Failure } from '../../../shared/ipc.ts';
import { messageOf } from '../../../shared/system-errors.ts';
import { METRICS } from './history.ts';
import { appendMetrics, MetricsLog, type Logged, type LogStart } from './metrics-log.ts';
import type { CheckpointStore } from './store.ts';
import { TENSORBOARD, TensorBoardLog } from './tensorboard/log.ts';

type Warn = (failure: Failure) => void;

/**
 * Writes a run's curves and events to metrics.jsonl and TensorBoard's files. Failures are reported once and harm no checkpoint.
 */
export class Journal {
  readonly #metrics = new MetricsLog();
  #tensorBoard: TensorBoardLog | null = null;
  #store: CheckpointStore | null = null;
  readonly #said = new Set<string>();

  /** Writes to this folder from now on, continuing from `start`. Events not yet written to an earlier folder are written here. */
  begin(store: CheckpointStore, start: LogStart): void {
    this.#store = store;
    this.#metrics.begin(start);
    this.#tensorBoard = new TensorBoardLog(store.folder, start, this.#tensorBoard);
  }

  add(event: Logged): void {
    this.#metrics.add(event);
    this.#tensorBoard?.add(event);
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

  #say(part: string, where: string, error: unknown, warn: Warn): void {
    if (this.#said.has(part)) return;
    this.#said.add(part);
    warn({
      what: `The curves could not be written to ${part}: ${messageOf(error)}.`,
      where,
      remedy:
        'Checkpoints are not touched by this. See that the disk is not full and may be written to.',
    });
  }
}
