import { FailureError, type Failure } from '../../../shared/ipc.ts';
import { messageOf } from './files.ts';
import { METRICS } from './history.ts';
import { appendMetrics, MetricsLog, type Beginning, type Logged } from './metrics-log.ts';
import { TensorBoardLog } from './tensorboard.ts';

/** Everything that a run writes down in time: metrics.jsonl and TensorBoard's files. What cannot be written is said once, and harms no checkpoint. */
export class Journal {
  readonly #metrics: MetricsLog;
  #tensorBoard: TensorBoardLog | null = null;
  readonly #place: () => Promise<string>;
  readonly #warn: (failure: Failure) => void;
  readonly #said = new Set<string>();

  /**
   * @param folder that the run begins in
   * @param place the folder at the time of writing: rejects while there is none, and a person may choose another
   */
  constructor(
    folder: string,
    place: () => Promise<string>,
    begin: Beginning,
    warn: (failure: Failure) => void,
  ) {
    this.#metrics = new MetricsLog(begin);
    this.#place = place;
    this.#warn = warn;
    this.#guarded(() => {
      this.#tensorBoard = new TensorBoardLog(folder, begin.branch);
    });
  }

  /** From now on in another folder, which holds no curves yet. */
  moveTo(folder: string, begin: Beginning): void {
    this.#metrics.begin(begin);
    this.#guarded(() => {
      this.#tensorBoard = new TensorBoardLog(folder, begin.branch);
    });
  }

  add(event: Logged): void {
    this.#metrics.add(event);
    this.#guarded(() => this.#tensorBoard?.add(event));
  }

  /** What has been added so far, to be written now or a little later. */
  take(): () => Promise<void> {
    const lines = this.#metrics.take();
    return async () => {
      let folder: string;
      try {
        folder = await this.#place();
      } catch {
        // The checkpoint's own saving says so.
        this.#metrics.putBack(lines);
        return;
      }
      try {
        await appendMetrics(folder, lines, async () => {
          await this.#place();
        });
        this.#said.delete(METRICS);
      } catch (error) {
        this.#metrics.putBack(lines);
        if (!(error instanceof FailureError)) this.#say(METRICS, folder, error);
      }
      this.#guarded(() => this.#tensorBoard?.flush());
    };
  }

  /** TensorBoard's files are given up at the first thing that goes wrong with them. */
  #guarded(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#tensorBoard = null;
      this.#say('tensorboard', 'the checkpoint folder', error);
    }
  }

  #say(part: string, where: string, error: unknown): void {
    if (this.#said.has(part)) return;
    this.#said.add(part);
    this.#warn({
      what: `The curves could not be written to ${part}: ${messageOf(error)}.`,
      where,
      remedy:
        'Checkpoints are not touched by this. See that the disk is not full and may be written to.',
    });
  }
}
