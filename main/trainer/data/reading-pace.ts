import { formatCount, formatDuration } from '../../../shared/format.ts';

const MS_BETWEEN = 250;
/** The first moments say little of how long the rest will take. */
const MS_BEFORE_GUESS = 1_000;

/** How far reading has come, in words. */
export class ReadingPace {
  readonly #since = performance.now();
  #toldAt = -Infinity;

  /**
   * @param total null while it is not known
   * @returns what is to be told; null: it was told just now
   */
  tell(done: number, total: number | null): string | null {
    const now = performance.now();
    if (now - this.#toldAt < MS_BETWEEN) return null;
    this.#toldAt = now;
    if (total === null || total === 0) return formatCount(done);
    const text = `${formatCount(done)} of ${formatCount(total)}`;
    const elapsed = now - this.#since;
    if (done === 0 || elapsed < MS_BEFORE_GUESS) return text;
    return `${text}, ${formatDuration((elapsed / done / 1_000) * (total - done))} left`;
  }
}
