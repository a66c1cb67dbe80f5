/** Milliseconds between two events: short enough for smooth movement on the screen, long enough to cost nothing. */
export const LEAST_MS_BETWEEN = 100;

/** Passes events on at most ten times a second; `flush` passes on the last one when no more follow. */
export class Reporter<Event> {
  readonly #report: (event: Event) => void;
  readonly #now: () => number;
  #held: Event | null = null;
  #reportedAt = -Infinity;

  /** @param now in milliseconds */
  constructor(report: (event: Event) => void, now: () => number = () => performance.now()) {
    this.#report = report;
    this.#now = now;
  }

  add(event: Event): void {
    this.#held = event;
    if (this.#now() - this.#reportedAt >= LEAST_MS_BETWEEN) this.flush();
  }

  /** Passes the newest event on, unless that was done already. */
  flush(): void {
    if (this.#held === null) return;
    this.#report(this.#held);
    this.#held = null;
    this.#reportedAt = this.#now();
  }
}
