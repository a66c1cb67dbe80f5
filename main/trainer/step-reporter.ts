import type { StepEvent } from '../../shared/trainer-protocol.ts';

/** Often enough for a curve, seldom enough for an hour of it. */
const LEAST_MS_BETWEEN = 100;

/** Passes steps on at most ten times a second, and the last one whenever training stands still. */
export class StepReporter {
  readonly #report: (event: StepEvent) => void;
  #held: StepEvent | null = null;
  #reportedAt = -Infinity;

  constructor(report: (event: StepEvent) => void) {
    this.#report = report;
  }

  add(event: StepEvent): void {
    this.#held = event;
    if (performance.now() - this.#reportedAt >= LEAST_MS_BETWEEN) this.flush();
  }

  /** Passes on the newest step, unless it has been. */
  flush(): void {
    if (!this.#held) return;
    this.#report(this.#held);
    this.#held = null;
    this.#reportedAt = performance.now();
  }
}
