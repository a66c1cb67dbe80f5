import type { LayerConfig, LayerOf } from '../../shared/config.ts';
import { activationWords } from '../../shared/fields/choices.ts';
import { formatCount } from '../../shared/format.ts';
import type { ExampleShape, LayerShape } from '../../shared/network-shape.ts';
import { hasOwnAnswer } from '../../shared/own-answer.ts';
import { unitAt, type UnitPlace, type UnitSteps } from '../../shared/unit-arithmetic.ts';
import { answerNumber } from './insight-words.ts';

/** What is said of one unit, its channel, and how it comes by its value. Layers, channels and places are counted from 1. */

/** A channel of maps, or a unit of a row: Convolution 2, channel 5. */
export const channelName = (title: string, output: ExampleShape, channel: number): string =>
  output.length === 3
    ? `${title}, channel ${formatCount(channel + 1)}`
    : `${title}, unit ${formatCount(channel + 1)}`;

/** Where in its map a unit is: row 4, column 7; empty for a row of units. */
export const placeWords = (output: ExampleShape, { row, column }: UnitPlace): string =>
  output.length === 3 ? `row ${row + 1}, column ${column + 1}` : '';

/** What a layer's units read: an earlier layer's answer, or the picture itself. */
export interface Source {
  /** Null: the picture. */
  title: string | null;
  output: ExampleShape;
}

export function sourceOf(
  shapes: readonly LayerShape[],
  titles: readonly string[],
  layer: number,
): Source {
  const from = shapes.slice(0, layer).findLastIndex((shape) => hasOwnAnswer(shape.layer));
  const [before, first] = [shapes[from], shapes[0]];
  if (before) return { title: titles[from] ?? '', output: before.output };
  return { title: null, output: first?.input ?? [1] };
}

const colourWords: Readonly<Record<number, string | undefined>> = {
  0: 'red',
  1: 'green',
  2: 'blue',
};

/** An input channel of a convolution: channel 12 of Pooling 1. */
export function inputChannelName({ title, output }: Source, channel: number): string {
  if (title !== null) return `channel ${formatCount(channel + 1)} of ${title}`;
  return output.at(-1) === 3 ? (colourWords[channel] ?? '') : 'the picture’s brightness';
}

/** One of the numbers that a dense unit reads: Pooling 3, channel 7, row 2, column 3. */
export function inputUnitName({ title, output }: Source, index: number): string {
  const place = unitAt(output, index);
  const at = placeWords(output, place);
  const name = channelName(title ?? 'Picture', output, place.channel);
  return at === '' ? name : `${name}, ${at}`;
}

/** A sum's line: what is taken, and its number with a sign. */
export interface ArithmeticLine {
  words: string;
  number: string;
}

const signed = (value: number): string =>
  value > 0 ? `+${answerNumber(value)}` : answerNumber(value);

/** How a unit comes by its value, line by line. */
export function arithmeticLines(
  layer: LayerConfig,
  steps: UnitSteps,
  { count, bias }: { count: number; bias: number | null },
): ArithmeticLine[] {
  const lines: ArithmeticLine[] = [];
  const add = (words: string, number: string): void => {
    lines.push({ words, number });
  };
  const numbers = `${formatCount(count)} ${count === 1 ? 'number' : 'numbers'}`;
  switch (layer.type) {
    case 'convolution':
    case 'dense':
      add(`Sum of ${formatCount(count)} inputs × weights`, signed(steps.sum));
      if (bias !== null) add('Bias', signed(bias));
      break;
    case 'pooling':
      add(poolingWords[layer.kind](numbers), answerNumber(steps.before));
      break;
    case 'global-average-pooling':
      add(`Mean of ${numbers}`, answerNumber(steps.before));
      break;
    default:
      add('Normalised by its channel’s running mean and variance', answerNumber(steps.before));
  }
  if (steps.activation !== 'none') {
    if (layer.type !== 'batch-normalization') add('Before activation', answerNumber(steps.before));
    add(`After ${activationWords[steps.activation]}`, answerNumber(steps.value));
  } else if (bias !== null) add('Value', answerNumber(steps.value));
  return lines;
}

const poolingWords: Record<LayerOf<'pooling'>['kind'], (numbers: string) => string> = {
  max: (numbers) => `Greatest of ${numbers}`,
  average: (numbers) => `Mean of ${numbers}`,
  l2: (numbers) => `Root of the sum of squares of ${numbers}`,
};

/** The unit's value in a few words: 0.165 after ReLU, −0.2 before. */
export const valueWords = ({ activation, before, value }: UnitSteps): string =>
  activation === 'none'
    ? answerNumber(value)
    : `${answerNumber(value)} after ${activationWords[activation]}, ${answerNumber(before)} before`;

/** How much of the picture a unit sees; rows and columns, or null where it sees padding alone. */
export const fieldWords = (size: readonly [number, number] | null, of: string): string =>
  size === null
    ? `Sees nothing of the ${of}: only padding`
    : `Sees ${size[0]}×${size[1]} pixels of the ${of}`;

/** How well a map agrees with occlusion, in words: Grad-CAM agrees somewhat (0.37). */
export function agreementWords(name: string, agreement: number | null): string {
  if (agreement === null) return `${name} cannot be compared`;
  const number = answerNumber(Math.round(agreement * 100) / 100);
  if (agreement <= -0.3) return `${name} says rather the opposite (${number})`;
  const words =
    agreement >= 0.6 ? 'agrees well' : agreement >= 0.3 ? 'agrees somewhat' : 'hardly agrees';
  return `${name} ${words} (${number})`;
}
