import { formatFixed, formatNumber, formatPercent } from '../../shared/format.ts';
import type { LayerHistogram } from '../../shared/histogram.ts';
import { layerTitle } from '../../shared/layer-names.ts';
import type { HealthFinding, HealthKind, LayersHealth } from '../../shared/layer-health.ts';

/** What is to be said of a run's layers, what one would try, and what does it. */

/** What a button does: scales the rate of the run, or shows a layer in Set up. */
export type HealthAction =
  | { type: 'scale-rate'; factor: number; label: string }
  | { type: 'show-layer'; layer: number; label: string };

export interface HealthWords {
  tone: 'good' | 'note' | 'bad';
  text: string;
  /** Empty: nothing need be done. */
  advice: string;
  action: HealthAction | null;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** As the nearest power of ten, 10⁻⁷; nothing at all is 0. */
export function powerOfTen(value: number): string {
  if (value <= 0 || !Number.isFinite(value)) return '0';
  const exponent = Math.round(Math.log10(value));
  const digits = String(Math.abs(exponent)).replaceAll(
    /\d/g,
    (digit) => SUPERSCRIPTS[Number(digit)] ?? '',
  );
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}

/** In two digits, as a power of ten where that is shorter: 0.26, 4.1, 120, 10⁻⁷. */
export function measureText(value: number): string {
  if (value === 0) return '0';
  if (value < 1e-4 || value >= 1e5) return powerOfTen(value);
  const rounded = Number(value.toPrecision(2));
  return rounded >= 1 && rounded < 10 ? formatFixed(rounded, 1) : formatNumber(rounded);
}

/** As `measureText`, of a number that may be below zero, with a true minus. */
export const signedText = (value: number): string =>
  value < 0 ? `−${measureText(-value)}` : measureText(value);

/** What each bar of a histogram says that holds any numbers. */
export function histogramReadings({ least, most, counts }: LayerHistogram): string[] {
  const all = counts.reduce((a, b) => a + b, 0);
  const width = (most - least) / counts.length;
  return counts.flatMap((count, k) => {
    const [from, to] = [signedText(least + k * width), signedText(least + (k + 1) * width)];
    return count === 0 ? [] : [`From ${from} to ${to}: ${formatPercent(count / all)}`];
  });
}

const numberWords: Readonly<Record<number, string>> = {
  0: 'no',
  1: 'one',
  2: 'two',
  3: 'three',
  4: 'four',
  5: 'five',
  6: 'six',
  7: 'seven',
  8: 'eight',
  9: 'nine',
  10: 'ten',
};
const manyText = (count: number): string => numberWords[count] ?? String(count);

const sentences: Record<HealthKind, (name: string, value: number) => string> = {
  exploding: (name, value) =>
    `The gradient of ${name} is out of hand: its norm is ${measureText(value)}.`,
  vanished: (name, value) =>
    value === 0
      ? `${name} gets no gradient at all.`
      : `The gradient of ${name} has vanished: ${powerOfTen(value)} of the last layer’s.`,
  dead: (name, value) =>
    value === 1
      ? `All units of ${name} are dead: no image of a batch wakes one.`
      : `${formatPercent(value, 0)} of the units of ${name} are dead: no image of a batch wakes them.`,
  fast: (name, value) =>
    `A step changes the weights of ${name} by ${formatPercent(value, 0)} of their size; about 0.1 % is usual.`,
  still: (name, value) =>
    `The weights of ${name} hardly move: a step changes them by ${powerOfTen(value)} of their size; about 10⁻³ is usual.`,
};

const halve = { type: 'scale-rate', factor: 0.5, label: 'Halve the rate' } as const;
const double = { type: 'scale-rate', factor: 2, label: 'Double the rate' } as const;

function adviceOf({ kind, layer }: HealthFinding): Pick<HealthWords, 'tone' | 'advice' | 'action'> {
  switch (kind) {
    case 'exploding':
      return {
        tone: 'bad',
        advice: 'A lower rate or clipped gradients hold it.',
        action: halve,
      };
    case 'vanished':
      return {
        tone: 'bad',
        advice:
          'ReLU, a start by He or batch normalisation let gradients through; that is a new run.',
        action: { type: 'show-layer', layer, label: 'Show it in Set up' },
      };
    case 'dead':
      return {
        tone: 'note',
        advice: 'A lower rate lets fewer die; those that are dead hardly ever come back.',
        action: halve,
      };
    case 'fast':
      return { tone: 'note', advice: 'A lower rate steadies it.', action: halve };
    case 'still':
      return { tone: 'note', advice: 'A higher rate would move them.', action: double };
  }
}

/** One sentence on the worst; where all is well, that. */
export function healthWords({ findings, learning, evenness }: LayersHealth): HealthWords {
  const [worst] = findings;
  if (!worst) {
    const all =
      learning === 1 ? 'The one layer learns.' : `All ${manyText(learning)} layers learn.`;
    const least =
      learning > 1 && evenness !== null
        ? ` The smallest gradient is ${measureText(evenness)} of the largest.`
        : '';
    return { tone: 'good', text: all + least, advice: '', action: null };
  }
  const others = findings.filter(({ kind }) => kind === worst.kind).length - 1;
  const more =
    others === 0 ? '' : ` So with ${manyText(others)} more ${others === 1 ? 'layer' : 'layers'}.`;
  return {
    text: sentences[worst.kind](layerTitle(worst.name), worst.value) + more,
    ...adviceOf(worst),
  };
}
