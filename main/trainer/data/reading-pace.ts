import type { ReadingProgress, ReadingUnit } from '../../../shared/reading-progress.ts';

const MS_BETWEEN = 250;
/** The first moments say little about how long the rest will take. */
const MS_BEFORE_GUESS = 1_000;

/** Measures how far reading has come, and estimates the time left. */
export class ReadingPace {
  /** When the present count began: an archive is listed before its pictures are decoded. */
  #since = performance.now();
  #counted: { done: number; total: number | null; unit: ReadingUnit | null } = {
    ...{ done: 0, total: null, unit: null },
  };
  #toldAt = -Infinity;

  /**
   * @param total null while it is not known
   * @returns what to report; null if the last report was just now
   */
  measure(done: number, total: number | null, unit: ReadingUnit): ReadingProgress | null {
    const now = performance.now();
    if (unit !== this.#counted.unit || total !== this.#counted.total || done < this.#counted.done) {
      this.#since = now;
      this.#toldAt = -Infinity;
    }
    this.#counted = { done, total, unit };
    if (now - this.#toldAt < MS_BETWEEN) return null;
    this.#toldAt = now;
    const elapsed = now - this.#since;
    const canGuess = total !== null && done > 0 && elapsed >= MS_BEFORE_GUESS;
    return {
      done,
      total: total === 0 ? null : total,
      unit,
      secondsLeft: canGuess ? (elapsed / done / 1_000) * Math.max(0, total - done) : null,
    };
  }
}
