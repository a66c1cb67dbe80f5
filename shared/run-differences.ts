import type { RunConfig } from './config.ts';
import { differencesBetween, type Difference } from './differences.ts';
import type { FieldPath } from './fields.ts';

/** Says which settings identify a run, and which may change when it goes on from a checkpoint. */

/** Whether a run can go on with another value: never, only if the images are still the same, or always. */
export type DifferenceEffect = 'hinders' | 'by-images' | 'may-differ';

/** The effect of another value of a setting on a run. */
export interface SettingEffect {
  effect: DifferenceEffect;
  /** A sentence: why the run cannot go on, or from when on the value counts. */
  reason: string;
  /** Why the setting cannot change while the run trains, as a part of a sentence. */
  lock: string;
}

/** A setting in which a checkpoint and the run that is asked for differ, with the effect of the difference. */
export type RunDifference = Difference & Pick<SettingEffect, 'effect' | 'reason'>;

/** Settings that decide how files become images, and which of them are used for training. */
export const readingPaths: readonly FieldPath[] = [
  'data.transpose',
  'data.invert',
  'data.imageSize',
  'data.channels',
  'data.fit',
  'data.background',
  'data.damaged',
  'data.testShare',
  'data.splitSeed',
  'data.leftOut',
  'data.ownDrawings',
  'data.ownDrawings.weight',
  'data.ownDrawings.drawings',
];

const IN_GRAPH = 'the graph that trains was built with it';
const AT_START = 'it is read when a run starts';
const NEXT_STEP = 'Counts from the next step on.';

/** Effects by path; the first matching entry applies. */
const effects: readonly [
  beginning: RegExp,
  effect: DifferenceEffect,
  reason: string,
  lock: string,
][] = [
  [/^network\.name$/, 'may-differ', 'Is only a name.', 'the checkpoints are saved with this name'],
  [/^network\.layers\.\w[\w-]*\.rate$/, 'may-differ', NEXT_STEP, IN_GRAPH],
  [
    /^network\.layers\.\w[\w-]*\.start\b/,
    'may-differ',
    'Has no effect any more: the weights have begun already.',
    'the weights have begun already',
  ],
  [
    /^network\b/,
    'hinders',
    'The weights belong to these layers.',
    'the weights belong to these layers',
  ],
  [
    /^optimizer\.rule\.type$/,
    'hinders',
    'What the optimizer remembers of each weight is of another kind.',
    'what the optimizer remembers of each weight is of its own kind',
  ],
  [
    /^optimizer\.rule\.meanSquareStart$/,
    'may-differ',
    'Has no effect any more: the mean squares have begun already.',
    'the mean squares have begun already',
  ],
  [
    /^optimizer\.(schedule|warmUpSteps)\b/,
    'may-differ',
    'Counts from the next step on, as if it had been so from the beginning.',
    'the rate’s curve is laid out over the whole run',
  ],
  [/^optimizer\.reduceOnPlateau\b/, 'may-differ', 'Counts from the next validation on.', AT_START],
  [/^optimizer\b/, 'may-differ', NEXT_STEP, IN_GRAPH],
  [
    /^data\.dataset$/,
    'by-images',
    'Hinders unless the images are the same, as where a folder was moved.',
    'the run learns from these images',
  ],
  [
    /^data\.validationSize$/,
    'hinders',
    'Other images would be kept for validation, some of which it has learned from.',
    'some of these images it has learned from already',
  ],
  [
    /^data\.leftOut$/,
    'by-images',
    'Hinders unless the same of the training images are left out all the same.',
    'the run learns from the other images',
  ],
  [
    /^data\.ownDrawings\.folder$/,
    'by-images',
    'Hinders unless the drawings that it began with lie there.',
    'the run learns from these drawings',
  ],
  [
    /^data\.ownDrawings\b/,
    'hinders',
    'What it has learned from so far are other examples.',
    'the run learns from these drawings',
  ],
  [/^data\.batchSize$/, 'may-differ', NEXT_STEP, 'steps and epochs are counted by it'],
  [/^data\.augmentation\b/, 'may-differ', NEXT_STEP, IN_GRAPH],
  [
    /^data\b/,
    'by-images',
    'Hinders unless the images become the same all the same.',
    'the run learns from images that were read this way',
  ],
  [
    /^training\.seed$/,
    'hinders',
    'Every random draw follows from it, and the order of the images.',
    'every random draw of the run follows from it',
  ],
  [
    /^training\.(epochs|maxSteps)$/,
    'may-differ',
    'Says how long it trains in all; what was done counts.',
    'the rate’s curve is laid out to the run’s end',
  ],
  [
    /^training\.precision$/,
    'may-differ',
    'Counts from the next step on; numbers are rounded otherwise.',
    IN_GRAPH,
  ],
  [
    /^training\.goal\b/,
    'may-differ',
    'Says when it ends before its time; what was done counts.',
    AT_START,
  ],
  [/^training\.earlyStopping\b/, 'may-differ', 'Counts from the next validation on.', AT_START],
  [/^training\.classWeights$/, 'may-differ', NEXT_STEP, IN_GRAPH],
  [/^training\b/, 'may-differ', 'Changes nothing of what is learned.', AT_START],
  [/^checkpoints\b/, 'may-differ', 'Changes nothing of what is learned.', AT_START],
];

/**
 * The effect of another value at a path on a run that goes on.
 * @param path of a setting, with a layer's number or its type; for a layer itself, `network.layers.3`
 */
export function effectAt(path: string): SettingEffect {
  const found = effects.find(([beginning]) => beginning.test(path));
  if (!found) return { effect: 'may-differ', reason: NEXT_STEP, lock: AT_START };
  const [, effect, reason, lock] = found;
  return { effect, reason, lock };
}

/**
 * The differences between a checkpoint's run and the run that is asked for, those that prevent going on first.
 * @param saved the checkpoint's
 */
export function runDifferences(saved: RunConfig, asked: RunConfig): RunDifference[] {
  const order: readonly DifferenceEffect[] = ['hinders', 'by-images', 'may-differ'];
  return differencesBetween(saved, keptTo(saved, asked))
    .map((difference) => {
      const { effect, reason } = effectAt(difference.path);
      return { ...difference, effect, reason };
    })
    .sort((a, b) => order.indexOf(a.effect) - order.indexOf(b.effect));
}

/** Where a run that goes on is not told which drawings, it keeps to those that it began with. */
function keptTo(saved: RunConfig, asked: RunConfig): RunConfig {
  const [before, own] = [saved.data.ownDrawings, asked.data.ownDrawings];
  if (!before || own?.drawings !== null) return asked;
  return {
    ...asked,
    data: { ...asked.data, ownDrawings: { ...own, drawings: before.drawings } },
  };
}

/** Whether a run certainly cannot go on. */
export const isHindered = (differences: readonly RunDifference[]): boolean =>
  differences.some(({ effect }) => effect === 'hinders');
