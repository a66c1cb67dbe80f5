import { stretchesOf, type Branch } from '../../shared/branch.ts';
import type { ComparedEpoch, CurveColumns } from '../../shared/compared-runs.ts';
import type { ExtraLine, ExtraPoint } from './extra-line.ts';

/** Curves of other runs and branches as they are laid over those of the run. */

/** As many points as a line has on a screen. */
const MOST = 400;

/** How each of the eight lines is drawn, so that not colour alone tells them apart: strokes and gaps, px. */
const dashes: readonly (readonly number[])[] = [
  [7, 3],
  [2, 3],
  [9, 3, 2, 3],
  [4, 2],
  [12, 4],
  [2, 2, 2, 6],
  [6, 2, 1, 2, 1, 2],
  [1, 4],
];

/** @param colour from 1 */
export const dashOf = (colour: number): readonly number[] => dashes[colour - 1] ?? [];
/** The custom property of tokens.css. */
export const colourOf = (colour: number): string => `--series-${colour}`;

/**
 * The training of a run, smoothed: the mean over stretches of equally many steps, a power of two, each at its last step.
 * @param from the step after which it is drawn
 */
export function smoothedPoints(
  { steps, ...columns }: CurveColumns,
  quantity: 'loss' | 'accuracy',
  epochs: readonly ComparedEpoch[],
  from: number,
): ExtraPoint[] {
  let stretch = 1;
  while ((steps.at(-1) ?? 0) / stretch > MOST) stretch *= 2;
  // Where every step would be a point of its own, some are taken together all the same: a batch tells little.
  stretch = Math.max(stretch, 4);
  const points: ExtraPoint[] = [];
  let [sum, count] = [0, 0];
  let epochsEnded = 0;
  steps.forEach((step, k) => {
    if (step <= from) return;
    sum += columns[quantity][k] ?? 0;
    count++;
    const next = steps[k + 1];
    const endOf = (each: number): number => Math.ceil(each / stretch);
    if (next !== undefined && endOf(next) === endOf(step)) return;
    while ((epochs[epochsEnded]?.step ?? Infinity) < step) epochsEnded++;
    points.push({ x: step, y: sum / count, epoch: (epochs[epochsEnded - 1]?.epoch ?? 0) + 1 });
    [sum, count] = [0, 0];
  });
  return points;
}

/** The last step that two ways have in common; 0: none. */
export function partedAfter(a: Branch, b: Branch): number {
  const [wayOfA, wayOfB] = [stretchesOf(a), stretchesOf(b)];
  let parted = 0;
  for (const [k, stretch] of wayOfA.entries()) {
    const other = wayOfB[k];
    if (other?.branch !== stretch.branch) break;
    const end = Math.min(stretch.last, other.last);
    parted = Number.isFinite(end) ? end : parted;
    if (stretch.last !== other.last) break;
  }
  return parted;
}

/** Which line is laid over, and all that is known of its run. */
export interface LaidOver {
  id: string;
  label: string;
  /** From 1. */
  colour: number;
  isStrong: boolean;
  training: CurveColumns;
  epochs: readonly ComparedEpoch[];
  /** The step after which it is not the run that it is laid over. */
  from: number;
}

export const extraLineOf = (
  { id, label, colour, isStrong, training, epochs, from }: LaidOver,
  quantity: 'loss' | 'accuracy',
): ExtraLine => ({
  ...{ id, label, isStrong },
  colour: colourOf(colour),
  dash: dashOf(colour),
  points: smoothedPoints(training, quantity, epochs, from),
});
