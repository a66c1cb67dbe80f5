import type { LossStep } from '../../shared/loss-trend.ts';
import type { VerdictKind } from '../../shared/run-verdict.ts';

/** How a run's loss and the verdict on it sound. */

/** Hz: the loss that a curve begins with. */
const BEGINNING = 440;
/** A loss that becomes this many times as great sounds an octave higher. */
const OCTAVE = 8;
/** Two octaves down and one up are heard well on any loudspeaker. */
const [LOWEST, HIGHEST] = [110, 880];

/**
 * The pitch along a loss: it falls as the loss falls, and as far for the same factor of any run.
 * @param steps in their order
 * @param most stretches of equally many steps, of which the mean is heard
 * @returns Hz; empty where there is nothing to hear
 */
export function pitchesOf(steps: readonly LossStep[], most = 64): number[] {
  const last = steps.at(-1)?.step ?? 0;
  const stretches = Array.from({ length: most }, () => ({ sum: 0, count: 0 }));
  for (const { step, loss } of steps) {
    const stretch = stretches[Math.min(most - 1, Math.floor(((step - 1) / last) * most))];
    if (!stretch || !(loss > 0) || !Number.isFinite(loss)) continue;
    stretch.sum += loss;
    stretch.count++;
  }
  const means = stretches.flatMap(({ sum, count }) => (count > 0 ? [sum / count] : []));
  const [first] = means;
  if (first === undefined) return [];
  return means.map((mean) => {
    const pitch = BEGINNING * 2 ** (Math.log(mean / first) / Math.log(OCTAVE));
    return Math.min(HIGHEST, Math.max(LOWEST, pitch));
  });
}

const hertz = (halfTones: readonly number[]): number[] =>
  halfTones.map((halfTone) => BEGINNING * 2 ** (halfTone / 12));

/** The notes of each verdict, in half tones from BEGINNING: down is good, up is bad, the same again is that nothing changes. */
const halfTones: Readonly<Record<VerdictKind, readonly number[]>> = {
  early: [0],
  falling: [4, 0],
  steady: [0, 0],
  noisy: [0, 3, 0],
  flat: [0, 0, 0],
  'validation-flat': [4, 0, 0],
  'not-learning': [-5, -5],
  overfitting: [4, 0, 5],
  rising: [0, 4],
  diverging: [0, 4, 8],
};

/** @returns Hz, one note after the other */
export const notesOf = (kind: VerdictKind): number[] => hertz(halfTones[kind]);

/**
 * A run has ended: a chord upward, or two low notes.
 * @returns Hz, one note after the other
 */
export const endNotes = (hasFailed: boolean): number[] =>
  hertz(hasFailed ? [-12, -13] : [0, 4, 7, 12]);
