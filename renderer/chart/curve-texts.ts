import {
  formatLoss,
  formatNumber,
  formatPercent,
  formatRate,
  inLanguage,
} from '../../shared/format.ts';
import type { TermId } from '../../shared/glossary.ts';
import type { CurveQuantity } from '../../shared/curve-view.ts';
import type { ChartTexts } from './curve-scene.ts';

/** How each quantity's chart is called and reads. */
interface QuantityTexts extends ChartTexts {
  heading: string;
  /** Its word in the glossary. */
  term: TermId;
  explained: string;
  /** Which way is better; null: neither. */
  isHigherBetter: boolean | null;
  /** What a number typed for its axis is multiplied by: percent are typed. */
  unit: number;
}

/** Of a tick, where 0.0001 has no room: 1e-4. */
const shortest = (value: number): string => {
  const short = Number(value.toPrecision(3));
  return inLanguage(short !== 0 && Math.abs(short) < 0.001 ? short.toExponential() : String(short));
};

export const quantityTexts: Readonly<Record<CurveQuantity, QuantityTexts>> = {
  loss: {
    heading: 'Loss',
    term: 'loss',
    explained: 'Here: mean cross-entropy, in nats: lower is better.',
    isHigherBetter: false,
    unit: 1,
    format: formatLoss,
    formatTick: shortest,
  },
  accuracy: {
    heading: 'Accuracy',
    term: 'accuracy',
    explained: 'Higher is better.',
    isHigherBetter: true,
    unit: 0.01,
    format: (value) => formatPercent(value, 2),
    formatTick: (value) => `${formatNumber(Math.round(value * 100_000) / 1000)} %`,
  },
  rate: {
    heading: 'Learning rate',
    term: 'learning-rate',
    explained: 'Here: the rate that was in force at each step.',
    isHigherBetter: null,
    unit: 1,
    format: formatRate,
    formatTick: shortest,
  },
};
