import { blocksOf, trendOf, type Block, type LossStep } from './loss-trend.ts';

/**
 * How a run is going, judged from what was recorded of it. Every threshold is a share of a loss, so that a run is judged alike whatever
 * its loss's scale; and a function of steps, so that it is judged alike on any machine and after a reload.
 */

export interface JudgedEpoch {
  epoch: number;
  step: number;
  /** Mean over the epoch, as trained. */
  train: { loss: number };
  /** Null: no example was kept for it. */
  validation: { loss: number } | null;
}

export interface JudgedRun {
  /** In their order. */
  epochs: readonly JudgedEpoch[];
  /** The training loss of recorded steps, each its own batch's, in their order. */
  steps: readonly LossStep[];
  /** The loss of guessing: ln of the number of classes, where all are alike frequent. */
  guessing: number;
}

/** Shares are of 1. */
export type Verdict =
  /** Too little is known. */
  | { kind: 'early' }
  /** The training loss rises above that of guessing. */
  | { kind: 'diverging'; loss: number }
  | { kind: 'rising'; rose: number; steps: number }
  /** The training loss is that of guessing, or higher. */
  | { kind: 'not-learning'; loss: number; isWorse: boolean }
  /** From the epoch of the lowest validation loss on. */
  | { kind: 'overfitting'; since: number; rose: number; fell: number }
  | { kind: 'flat'; epochs: number }
  /** The training loss falls, but the validation loss has not for so many epochs. */
  | { kind: 'validation-flat'; epochs: number }
  /** By how much since an epoch ended; null: over the last so many steps. */
  | { kind: 'falling'; fell: number; sinceEpoch: number | null; steps: number }
  /** No trend stands out from how much the loss goes up and down. */
  | { kind: 'noisy'; swing: number; steps: number }
  | { kind: 'steady'; steps: number };
export type VerdictKind = Verdict['kind'];

/** How near the loss of guessing counts as that. */
const GUESSES_WITHIN = 0.03;
/** A loss this much above that of guessing, and rising, is on no way to learning: guessing would be better. */
const WORSE_THAN_GUESSING = 1.25;
/** By less than this share an epoch is not better than the best before: the usual patience of a plateau asks for no more. */
const LEAST_IMPROVEMENT = 0.01;
/** Less than this is nothing that one would speak of. */
const WORTH_SAYING = 0.02;
/** A validation of a few hundred examples goes up and down by some percent from epoch to epoch: this is beyond it, twice in a row. */
const OVERFITTING_RISE = 0.05;
/** Halves of the range between the least and the greatest block, as a share of their mean, from which a loss is called noisy. */
const NOISY_SWING = 0.1;
/** Epochs without an improvement that are a plateau; of the validation alone one more, for it has fewer examples. */
const FLAT_EPOCHS = 2;
const VALIDATION_FLAT_EPOCHS = 3;

/** Judges a run as it is now. */
export function verdictOf({ epochs, steps, guessing }: JudgedRun): Verdict {
  const blocks = judgedBlocks(epochs, steps);
  if (!blocks) return { kind: 'early' };
  const trend = trendOf(blocks);
  const last = blocks.at(-1)?.loss ?? NaN;
  const span = spanOf(blocks);
  if (trend.direction === 'rising') {
    if (last > WORSE_THAN_GUESSING * guessing) return { kind: 'diverging', loss: last };
    return { kind: 'rising', rose: trend.change, steps: span };
  }
  const isFalling = trend.direction === 'falling' && -trend.change >= WORTH_SAYING;
  const lastHalf = blocks.slice(-Math.ceil(blocks.length / 2));
  if (!isFalling && lastHalf.every(({ loss }) => loss >= guessing * (1 - GUESSES_WITHIN)))
    return { kind: 'not-learning', loss: last, isWorse: last > guessing * (1 + GUESSES_WITHIN) };
  const overfitting = overfittingOf(epochs);
  if (overfitting) return overfitting;
  const trainingStill = epochsWithoutImprovement(epochs.map(({ train }) => train.loss));
  const validationStill = validationStillFor(epochs);
  if (trainingStill >= FLAT_EPOCHS && (validationStill ?? trainingStill) >= FLAT_EPOCHS)
    return { kind: 'flat', epochs: Math.min(trainingStill, validationStill ?? trainingStill) };
  if (validationStill !== null && validationStill >= VALIDATION_FLAT_EPOCHS && trainingStill === 0)
    return { kind: 'validation-flat', epochs: validationStill };
  if (isFalling || hasEpochFallen(epochs)) return fallOf(epochs, steps, blocks, -trend.change);
  const swing = swingOf(blocks);
  return swing >= NOISY_SWING
    ? { kind: 'noisy', swing, steps: span }
    : { kind: 'steady', steps: span };
}

/** Those of the last two thirds of the steps; of a run of few steps its epochs, of which the last eight count. Null: too little is known. */
function judgedBlocks(
  epochs: readonly JudgedEpoch[],
  steps: readonly LossStep[],
): readonly Block[] | null {
  const ofSteps = blocksOf(steps);
  if (ofSteps) return ofSteps;
  const ofEpochs = epochs.slice(-8).map(({ step, train }) => ({ step, loss: train.loss }));
  return ofEpochs.length >= 3 ? ofEpochs : null;
}

const spanOf = (blocks: readonly Block[]): number =>
  (blocks.at(-1)?.step ?? 0) - (blocks[0]?.step ?? 0);

/** How many epochs at the end are not better, by `LEAST_IMPROVEMENT`, than the best that counted before. */
function epochsWithoutImprovement(losses: readonly number[]): number {
  let [best, at] = [Infinity, -1];
  losses.forEach((loss, k) => {
    if (loss <= best * (1 - LEAST_IMPROVEMENT)) [best, at] = [loss, k];
  });
  return losses.length - 1 - at;
}

/** The same of the validation; null: not every epoch has one. */
function validationStillFor(epochs: readonly JudgedEpoch[]): number | null {
  const losses = epochs.flatMap(({ validation }) => (validation ? [validation.loss] : []));
  return losses.length === 0 || losses.length < epochs.length
    ? null
    : epochsWithoutImprovement(losses);
}

/** The validation loss has risen from its lowest, in both of the last two epochs, while the training loss went on falling. */
function overfittingOf(epochs: readonly JudgedEpoch[]): Verdict | null {
  const validated = epochs.flatMap(({ epoch, train, validation }) =>
    validation ? [{ epoch, train: train.loss, validation: validation.loss }] : [],
  );
  const lowest = Math.min(...validated.map(({ validation }) => validation));
  const best = validated.find(({ validation }) => validation === lowest);
  const [before, last] = validated.slice(-2);
  if (!best || !before || !last || before.epoch <= best.epoch) return null;
  const rise = (before.validation + last.validation) / 2 / lowest - 1;
  const rises = rise >= OVERFITTING_RISE && before.validation > lowest * (1 + WORTH_SAYING);
  const fell = 1 - last.train / best.train;
  return rises && last.validation > lowest * (1 + WORTH_SAYING) && fell >= WORTH_SAYING
    ? { kind: 'overfitting', since: best.epoch, rose: last.validation / lowest - 1, fell }
    : null;
}

function hasEpochFallen(epochs: readonly JudgedEpoch[]): boolean {
  const [before, last] = epochs.slice(-2);
  return before && last ? last.train.loss <= before.train.loss * (1 - WORTH_SAYING) : false;
}

/** Since the newest epoch that ended long enough ago to tell; the trend of the blocks where there is none, or nothing stands out. */
function fallOf(
  epochs: readonly JudgedEpoch[],
  steps: readonly LossStep[],
  blocks: readonly Block[],
  fellInBlocks: number,
): Verdict {
  const newest = steps.at(-1)?.step ?? epochs.at(-1)?.step ?? 0;
  const length = Math.max(8, newest / 16);
  const meanBefore = (step: number): number => {
    const near = steps.filter((each) => each.step > step - length && each.step <= step);
    return near.reduce((sum, { loss }) => sum + loss, 0) / near.length;
  };
  const since = epochs.findLast(({ step }) => newest - step >= 2 * length);
  const fell = since ? 1 - meanBefore(newest) / meanBefore(since.step) : 0;
  if (since && fell >= WORTH_SAYING)
    return { kind: 'falling', fell, sinceEpoch: since.epoch, steps: newest - since.step };
  return {
    kind: 'falling',
    fell: Math.max(fellInBlocks, fellBetweenEpochs(epochs)),
    sinceEpoch: null,
    steps: spanOf(blocks),
  };
}

function fellBetweenEpochs(epochs: readonly JudgedEpoch[]): number {
  const [before, last] = epochs.slice(-2);
  return before && last ? 1 - last.train.loss / before.train.loss : 0;
}

function swingOf(blocks: readonly Block[]): number {
  const losses = blocks.map(({ loss }) => loss);
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  return mean === 0 ? 0 : (Math.max(...losses) - Math.min(...losses)) / 2 / mean;
}
