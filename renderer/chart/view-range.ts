import type { CurveRange } from '../../shared/curve-view.ts';

/** Which steps are seen, and how that is moved. Pure, so that a zoom is the same by wheel, box, key and button. */

/** So few steps fill the width at the closest. */
export const LEAST_STEPS = 4;
/** An empty run's axis. */
const LEAST_WHOLE = 10;

/** From nought to the newest step. */
export const wholeRange = (newest: number): CurveRange => ({
  from: 0,
  to: Math.max(newest, LEAST_WHOLE),
});

/**
 * What is seen.
 * @param steps that a person has chosen; null: all
 * @param follows the newest step stays in sight: of what was chosen the width counts
 */
export function shownRange(steps: CurveRange | null, follows: boolean, newest: number): CurveRange {
  const whole = wholeRange(newest);
  if (steps === null) return whole;
  const width = steps.to - steps.from;
  return follows ? { from: Math.max(0, whole.to - width), to: whole.to } : steps;
}

/**
 * Moved to where there is something to be seen, and no closer than single steps can be told apart.
 * @param whole what can be seen
 * @returns null: that is all of it
 */
export function limitedRange({ from, to }: CurveRange, whole: CurveRange): CurveRange | null {
  const most = whole.to - whole.from;
  const width = Math.min(Math.max(to - from, LEAST_STEPS), most);
  if (width >= most) return null;
  const start = Math.min(Math.max((from + to - width) / 2, whole.from), whole.to - width);
  return { from: start, to: start + width };
}

/**
 * Closer, or farther.
 * @param factor of the width: 0.5 shows half as much
 * @param at what stays where it is
 */
export function zoomedRange({ from, to }: CurveRange, factor: number, at: number): CurveRange {
  return { from: at - (at - from) * factor, to: at + (to - at) * factor };
}

/** @param share of the width: 1 shows what comes next */
export function pannedRange({ from, to }: CurveRange, share: number): CurveRange {
  const by = share * (to - from);
  return { from: from + by, to: to + by };
}
