/** A line that was kept, and what it belongs to. */
interface Line {
  branch: number;
  step: number;
  text: string;
}

const STEP = /"step":(\d+)/;

/** At most so many lines of those offered, evenly spread over them; and always the newest. */
export class ThinnedLines {
  readonly #most: number;
  #lines: Line[] = [];
  /** Every Nth line is kept. */
  #stride = 1;
  #offered = 0;
  /** Offered last and not kept. */
  #newest: (() => Line | null) | null = null;

  constructor(most: number) {
    this.#most = most;
  }

  /** @param read gives the line's text; not called for most lines, and not after the next call of any method */
  offer(branch: number, read: () => string): void {
    const line = (): Line | null => lineOf(branch, read());
    this.#offered += 1;
    if (this.#offered % this.#stride !== 0) {
      this.#newest = line;
      return;
    }
    this.#newest = null;
    const kept = line();
    if (kept) this.#lines.push(kept);
    if (this.#lines.length < 2 * this.#most) return;
    this.#stride *= 2;
    this.#lines = this.#lines.filter((_, k) => k % 2 === 1);
  }

  /** Takes back what `branch` has after `step`. */
  cut(branch: number, step: number): void {
    this.#settle();
    this.#lines = this.#lines.filter((line) => line.branch !== branch || line.step <= step);
  }

  /** The texts of those that `wanted` says, in the order of their steps. */
  kept(wanted: (line: { branch: number; step: number }) => boolean): string[] {
    this.#settle();
    return this.#lines
      .filter(wanted)
      .sort((a, b) => a.step - b.step)
      .map(({ text }) => text);
  }

  #settle(): void {
    const newest = this.#newest?.();
    if (newest) this.#lines.push(newest);
    this.#newest = null;
  }
}

function lineOf(branch: number, text: string): Line | null {
  const step = STEP.exec(text)?.[1];
  return step === undefined ? null : { branch, step: Number(step), text };
}
