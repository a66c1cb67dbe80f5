import type { RunConfig } from '../../shared/config.ts';
import { dropRatesOf } from '../../shared/dropout-rates.ts';
import { formatCount, formatLoss, formatNumber } from '../../shared/format.ts';
import type { JudgedEpoch, Verdict, VerdictKind } from '../../shared/run-verdict.ts';

/** What is said of how a run is going. */
export interface VerdictWords {
  /** A few words. */
  title: string;
  /** A sentence with the numbers behind it; may be empty. */
  sentence: string;
}

const percent = (share: number): string => {
  const rounded = share >= 0.1 ? Math.round(share * 100) : Number((share * 100).toPrecision(2));
  // A loss above 0 has not fallen by all of it.
  return share < 1 && rounded === 100 ? 'over 99 %' : `${formatCountOr(rounded)} %`;
};
const formatCountOr = (value: number): string =>
  Number.isInteger(value) ? formatCount(value) : formatNumber(value);
const epochsText = (epochs: number): string =>
  epochs === 1 ? '1 epoch' : `${formatCount(epochs)} epochs`;

/** @param classes that the images have */
export function verdictWords(verdict: Verdict, classes: number): VerdictWords {
  switch (verdict.kind) {
    case 'early':
      return {
        title: 'Too early to tell.',
        sentence: 'Some hundred steps, or three epochs, say more.',
      };
    case 'diverging':
      return {
        title: 'Diverging.',
        sentence: `Training loss is ${formatLoss(verdict.loss)} and rising: guessing would do better, ${formatLoss(Math.log(classes))}. A lower learning rate usually helps.`,
      };
    case 'rising':
      return {
        title: 'Getting worse.',
        sentence: Number.isFinite(verdict.rose)
          ? `Training loss rose ${percent(verdict.rose)} over the last ${formatCount(verdict.steps)} steps.`
          : 'Training loss is no number any more.',
      };
    case 'not-learning':
      return {
        title: 'Not learning yet.',
        sentence: `Training loss is ${verdict.isWorse ? `${formatLoss(verdict.loss)}, worse than` : 'that of'} guessing among ${formatCount(classes)} classes: ln ${formatCount(classes)} = ${formatLoss(Math.log(classes))}.`,
      };
    case 'overfitting':
      return {
        title: `Overfitting since epoch ${formatCount(verdict.since)}.`,
        sentence: `Validation loss was lowest then and has risen ${percent(verdict.rose)}; training loss fell ${percent(verdict.fell)} meanwhile.`,
      };
    case 'flat':
      return {
        title: `Flat for ${epochsText(verdict.epochs)}.`,
        sentence: 'No loss got better by 1 % or more.',
      };
    case 'validation-flat':
      return {
        title: `Validation flat for ${epochsText(verdict.epochs)}.`,
        sentence: 'Training loss is still falling: what is learned now does not carry over.',
      };
    case 'falling':
      return {
        title: 'Still falling.',
        sentence: `Training loss fell ${percent(verdict.fell)} ${
          verdict.sinceEpoch === null
            ? `over the last ${formatCount(verdict.steps)} steps`
            : `since epoch ${formatCount(verdict.sinceEpoch)} ended`
        }.`,
      };
    case 'noisy':
      return {
        title: 'Noisy.',
        sentence: `Training loss goes up and down by ${percent(verdict.swing)} over the last ${formatCount(verdict.steps)} steps, without a trend. Larger batches or a lower rate make it calmer.`,
      };
    case 'steady':
      return {
        title: 'Steady.',
        sentence: `Training loss neither fell nor rose over the last ${formatCount(verdict.steps)} steps.`,
      };
  }
}

/** The look of each: a person's eyes are wanted, or it goes well, or neither. */
export const verdictTone: Readonly<Record<VerdictKind, 'info' | 'note' | 'bad'>> = {
  early: 'info',
  falling: 'info',
  steady: 'info',
  flat: 'note',
  'validation-flat': 'note',
  noisy: 'info',
  'not-learning': 'note',
  overfitting: 'note',
  rising: 'note',
  diverging: 'bad',
};

/** Closer than this the two are alike. */
const LEAST_BETTER = 0.02;

/**
 * Why the validation loss may be lower than the training loss; null where it is not, or nothing in the set-up explains it.
 * @param config that the run trains with; null: it is not known
 */
export function validationBetterWords(
  epochs: readonly JudgedEpoch[],
  config: RunConfig | null,
): string | null {
  const last = epochs.at(-1);
  if (!last?.validation || !config) return null;
  if (last.validation.loss > last.train.loss * (1 - LEAST_BETTER)) return null;
  const reasons = [
    ...(dropRatesOf(config).some((rate) => rate > 0) ? ['dropout is on'] : []),
    ...(isAugmented(config) ? ['images are changed at random'] : []),
  ];
  if (reasons.length === 0) return null;
  return `Validation is better than training: in training ${reasons.join(' and ')}, and its mean is over the whole epoch.`;
}

function isAugmented({ data: { augmentation } }: RunConfig): boolean {
  if (!augmentation) return false;
  const { elastic, flip, ...numbers } = augmentation;
  return flip || (elastic?.strength ?? 0) > 0 || Object.values(numbers).some((most) => most > 0);
}
