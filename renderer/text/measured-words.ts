import type { RunConfig } from '../../shared/config.ts';
import { dropRatesOf } from '../../shared/dropout-rates.ts';
import { formatCount, formatLoss, formatPercent } from '../../shared/format.ts';
import type { EpochEvent } from '../../shared/trainer-events.ts';

/** What the third line of the curves is called. */
export const MEASURED_LABEL = 'Training, measured as validation is';

/** Why validation may look better than training, as far as a run has reasons for it. */
export function whyValidationLooksBetter(config: RunConfig): string {
  const { optimizer, data, training } = config;
  const isDropping = dropRatesOf(config).some((rate) => rate > 0);
  const isOtherLoss = optimizer.labelSmoothing > 0 || training.classWeights !== 'none';
  const reasons = [
    ...(isDropping ? ['dropout is on'] : []),
    ...(data.augmentation ? ['images are varied'] : []),
    ...(isOtherLoss ? ['the loss is a stricter one'] : []),
    'its mean is over the whole epoch',
  ];
  const last = reasons.pop() ?? '';
  const listed = reasons.length === 0 ? last : `${reasons.join(', ')} and ${last}`;
  return `Validation may look better than training: while it trains, ${listed}.`;
}

/** What was measured last, in figures. */
export const measuredWords = ({
  epoch,
  trainEvaluated,
  validation,
}: Pick<EpochEvent, 'epoch' | 'trainEvaluated' | 'validation'>): string =>
  trainEvaluated
    ? `After epoch ${formatCount(epoch)}, on ${formatCount(trainEvaluated.examples)} training images: loss ${formatLoss(trainEvaluated.loss)}, accuracy ${formatPercent(trainEvaluated.accuracy, 2)}${
        validation
          ? ` (validation ${formatLoss(validation.loss)}, ${formatPercent(validation.accuracy, 2)})`
          : ''
      }.`
    : '';
