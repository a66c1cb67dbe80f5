import type { Branch } from '../../../shared/branch.ts';
import { appendLines, type LinesFile } from './append-lines.ts';
import type { FilmStart } from './film/film-log.ts';
import { isMetricsHead, METRICS, type Resumed } from './history.ts';
import type {
  EpochEvent,
  RunEvent,
  StepEvent,
  TrainerEventOf,
} from '../../../shared/trainer-events.ts';

/** An event that is written to a run's metrics file. */
export type Logged = StepEvent | EpochEvent | RunEvent | TrainerEventOf<'finished'>;

const metricsFile: LinesFile = {
  name: METRICS,
  isOurs: isMetricsHead,
  loss: 'the curves of this run are not kept',
};

/** The point that training continues from, and the device it runs on. */
export interface LogStart {
  branch: Branch;
  /** What this branch recorded after this step was never saved in a checkpoint, and does not count. */
  step: number;
  /** Results may differ in their last bits from one device to another. */
  device: string;
  /** The first layer's filters, which are kept too; left out: it has none, or they are too large for a film. */
  filters?: FilmStart;
}

/** Collects events as lines. They are written together with each checkpoint, so that the file and the checkpoint agree. */
export class MetricsLog {
  #lines: string[] = [];

  /** Puts a `resumed` line, which begins the file or a new part of it, before all unwritten lines. */
  begin({ branch, step, device }: LogStart): void {
    const resumed: Resumed = { type: 'resumed', branch: branch.number, step, device };
    this.#lines.unshift(JSON.stringify(resumed));
  }

  add(event: Logged): void {
    this.#lines.push(JSON.stringify(event));
  }

  /** Hands the lines collected so far to the caller, who writes them. */
  take(): string[] {
    return this.#lines.splice(0);
  }

  /** Puts back lines that could not be written, so that the next write includes them. */
  putBack(lines: readonly string[]): void {
    this.#lines.unshift(...lines);
  }
}

/**
 * Appends all lines or none.
 * @throws Error, with the file left unchanged
 * @param check rejects when the folder is no longer the same
 */
export const appendMetrics = (
  folder: string,
  lines: readonly string[],
  check?: () => Promise<void>,
): Promise<void> => appendLines(folder, metricsFile, lines, check);
