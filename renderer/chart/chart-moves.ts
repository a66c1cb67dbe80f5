import type { CurveRange } from '../../shared/curve-view.ts';
import type { CurveLines } from './curve.ts';
import type { ChartKeyAction } from './chart-keys.ts';

/** Steps that are drawn and seen, in their order, each once. */
function drawnSteps({ smooth, validation }: CurveLines, { from, to }: CurveRange): number[] {
  const steps = [...smooth, ...validation].map(({ x }) => x);
  const seen = steps.filter((step) => step >= from && step <= to);
  return [...new Set(seen)].sort((a, b) => a - b);
}

/**
 * The step that the arrow keys lead to.
 * @param step that is pointed at; null: none, and the newest is first
 * @param epochEnds steps
 * @returns null: there is nothing to point at
 */
export function movedStep(
  action: Extract<ChartKeyAction, { type: 'move' | 'end' }>,
  step: number | null,
  { lines, shown, epochEnds }: { lines: CurveLines; shown: CurveRange; epochEnds: number[] },
): number | null {
  const drawn = drawnSteps(lines, shown);
  const [first, last] = [drawn[0], drawn.at(-1)];
  if (first === undefined || last === undefined) return null;
  if (action.type === 'end') return action.by < 0 ? first : last;
  if (step === null) return last;
  const ends = epochEnds.filter((end) => end >= first && end <= last);
  const steps = action.unit === 'point' ? drawn : ends;
  return action.by < 0
    ? (steps.findLast((each) => each < step) ?? first)
    : (steps.find((each) => each > step) ?? last);
}
