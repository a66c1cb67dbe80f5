import { formatCount, formatLoss, formatPrecise } from './format.ts';
import { goalWords } from './goal-words.ts';
import type { LiveChange } from './live-change.ts';
import type { RunEvent } from './trainer-events.ts';
import { editWords } from './edit-words.ts';

/** What happened to a run, in words. */

/** A live number as a person reads it: without the last bits of a product, and never as a power of ten where that is longer. */
export const numberText = (value: number): string => formatPrecise(value, 6);

/** A rate with what plateaus made of it. */
const rateIn = ({ learningRate, rateFactor = 1 }: LiveChange): number | undefined =>
  learningRate === undefined ? undefined : learningRate * rateFactor;

/** Learning rate 0.001 → 0.0005; where it is not known what was before: Learning rate 0.0005. */
const becomes = (
  label: string,
  after: number | undefined,
  before: number | undefined,
): string[] => {
  if (after === undefined) return [];
  const was = before === undefined ? '' : `${numberText(before)} → `;
  return [`${label} ${was}${numberText(after)}`];
};

/**
 * What a change has made of which numbers; of dropouts, those that changed.
 * @param before what the same numbers were; left out: it is not known
 */
export function changeWords(change: LiveChange, before: LiveChange = {}): string {
  const rates = change.dropRates ?? [];
  return [
    ...becomes('Learning rate', rateIn(change), rateIn(before)),
    ...becomes('Momentum', change.momentum, before.momentum),
    ...becomes('Weight decay', change.weightDecay, before.weightDecay),
    ...(change.measureTraining === undefined
      ? []
      : [`Training ${change.measureTraining ? 'is' : 'is not'} measured as validation is`]),
    ...rates.flatMap((rate, k) =>
      before.dropRates?.[k] === rate
        ? []
        : becomes(rates.length === 1 ? 'Dropout' : `Dropout ${k + 1}`, rate, before.dropRates?.[k]),
    ),
  ].join('; ');
}

/** What happened, as a row of a table says it; empty of what is only measured. */
export function eventWords(event: RunEvent): string {
  switch (event.type) {
    case 'changed':
      return changeWords(event.change, event.before) || 'Changed, to the same numbers';
    case 'rate-lowered':
      return `Validation stood still: rate lowered to ${numberText(event.learningRate)}`;
    case 'stopped-early':
      return event.best
        ? `Stopped early: the best validation loss was ${formatLoss(event.best.loss)}, after epoch ${formatCount(event.best.epoch)}`
        : 'Stopped early';
    case 'goal-reached':
      return `Goal reached: ${goalWords(event)}`;
    case 'weights-edited':
      return editWords(event.edits);
    case 'pause-began':
      return 'Paused';
    case 'pause-ended':
      return 'Went on';
    case 'saved':
      return 'Saved';
    case 'diagnostics':
    case 'clock':
      return '';
  }
}
