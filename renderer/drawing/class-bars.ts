export interface ClassBar {
  /** The class's place among the network's outputs. */
  label: number;
  /** Its probability; null while nothing is read. */
  share: number | null;
}

/** The classes whose probabilities are drawn, and what is left. */
export interface ClassBars {
  bars: ClassBar[];
  /** Classes that are not among the bars. */
  others: number;
  /** Their probability together; null while nothing is read. */
  othersShare: number | null;
}

const MOST_BARS = 10;

/**
 * The classes that a table has room for: all where they are few; else the most probable ones and the chosen one.
 * @param probabilities one a class
 */
export function tableClasses(
  probabilities: ArrayLike<number>,
  chosen: number,
): { labels: number[]; others: number } {
  const { bars, others } = classBars(probabilities.length, Array.from(probabilities));
  const labels = bars.map(({ label }) => label);
  if (!labels.includes(chosen)) labels.splice(-1, 1, chosen);
  return { labels, others };
}

/**
 * All classes in their order where they are few; else the most probable ones, in the order of their probability.
 * @param classes how many there are
 * @param probabilities one a class; empty while nothing is read
 */
export function classBars(classes: number, probabilities: readonly number[]): ClassBars {
  const all = Array.from({ length: Math.max(classes, probabilities.length) }, (_, label) => ({
    label,
    share: probabilities[label] ?? null,
  }));
  if (all.length <= MOST_BARS) return { bars: all, others: 0, othersShare: null };
  // Of equal ones the earlier stays before the later: sorting is stable. What is no number comes last.
  const rank = ({ share }: ClassBar): number => (share === null || isNaN(share) ? -1 : share);
  const ranked = all.toSorted((a, b) => rank(b) - rank(a));
  const others = ranked.slice(MOST_BARS);
  return {
    bars: ranked.slice(0, MOST_BARS),
    others: others.length,
    othersShare:
      probabilities.length === 0 ? null : others.reduce((sum, { share }) => sum + (share ?? 0), 0),
  };
}
