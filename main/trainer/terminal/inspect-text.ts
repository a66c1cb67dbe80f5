import { basename } from 'node:path';
import { formatPercent } from '../../../shared/format.ts';
import { elementCount } from '../../../shared/network-shape.ts';
import type { AnswerTo } from '../../../shared/questions.ts';
import { printable } from '../../../shared/shown.ts';
import type { Found } from './ask-checkpoint.ts';
import { histogramLines } from './histogram-text.ts';
import { textTable } from './text-table.ts';

/** Formats a network's answers for a terminal: as numbers, or as pictures in shades. */

/** From the smallest value to the largest. */
const SHADES = [' ', '░', '▒', '▓', '█'] as const;
/** Characters for each pixel of a row, since a character is about twice as high as it is wide. */
const COLUMNS_A_PIXEL = 2;
const BETWEEN = 2;
/** Units in a line; a longer row is shown in several lines. */
const UNITS_A_LINE = 32;

interface Scale {
  low: number;
  high: number;
}

/** The scale begins at zero, or at the smallest value if that is negative. */
const scaleOf = (values: Float32Array): Scale => ({
  low: values.reduce((a, b) => Math.min(a, b), 0),
  high: values.reduce((a, b) => Math.max(a, b), -Infinity),
});

function shadeOf(value: number, { low, high }: Scale): string {
  const level = high > low ? Math.floor(((value - low) / (high - low)) * SHADES.length) : 0;
  return (SHADES[Math.min(level, SHADES.length - 1)] ?? ' ').repeat(COLUMNS_A_PIXEL);
}

/** The lines of picture `which`, where `count` pictures are interleaved pixel by pixel. */
const pictureLines = (
  values: Float32Array,
  [height, width]: readonly [number, number],
  which: number,
  count: number,
  scale: Scale,
): string[] =>
  Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) =>
      shadeOf(values[(y * width + x) * count + which] ?? scale.low, scale),
    ).join(''),
  );

/** Shows as many pictures side by side as fit, each under its number; a single picture has no number. */
function pictureColumns(
  values: Float32Array,
  [height, width, ...others]: readonly [number, number, ...number[]],
  columns: number,
): string[] {
  const scale = scaleOf(values);
  const count = elementCount(others);
  const each = width * COLUMNS_A_PIXEL;
  const beside = Math.max(Math.floor((columns + BETWEEN) / (each + BETWEEN)), 1);
  const join = (parts: readonly string[]): string =>
    parts
      .map((part) => part.padEnd(each))
      .join(' '.repeat(BETWEEN))
      .trimEnd();
  const all = Array.from({ length: count }, (_, which) =>
    pictureLines(values, [height, width], which, count, scale),
  );
  const lines = [`Blank is ${scale.low.toPrecision(3)}, █ is ${scale.high.toPrecision(3)}.`];
  for (let first = 0; first < count; first += beside) {
    const row = all.slice(first, first + beside);
    if (count > 1) lines.push(join(row.map((_, k) => String(first + k))));
    for (let y = 0; y < height; y++) lines.push(join(row.map((one) => one[y] ?? '')));
  }
  return lines;
}

/** Shows an image, channels or kernels as pictures, a short row as numbers, and a long row in shades. */
function valuesText(values: Float32Array, shape: readonly number[], columns: number): string[] {
  const [height = 0, width, ...others] = shape;
  if (width !== undefined) return pictureColumns(values, [height, width, ...others], columns);
  if (height > UNITS_A_LINE)
    return pictureColumns(values, [Math.ceil(height / UNITS_A_LINE), UNITS_A_LINE], columns);
  return numberRows('unit', values, String);
}

const numberRows = (
  what: string,
  values: ArrayLike<number>,
  nameOf: (k: number) => string,
): string[] =>
  textTable(
    [what, 'value'],
    Array.from(values, (value, k) => [nameOf(k), value.toPrecision(4)]),
  );

/** Returns the name of a class; its number if the checkpoint does not say. */
const classNamer =
  (classNames: readonly string[]) =>
  (label: number | null): string =>
    label === null ? '' : printable(classNames[label] ?? String(label));

function imageText(
  { number, label, probabilities }: NonNullable<Found['image']>,
  nameOf: (label: number | null) => string,
): string {
  const most = Math.max(...probabilities);
  return `Test image ${number} is a ${nameOf(label)}; the network answers ${nameOf(probabilities.indexOf(most))}, probability ${formatPercent(most)}.`;
}

/** @param columns width of the terminal */
export function foundText(found: Found, columns: number): string {
  const { checkpoint, image, layer, answer } = found;
  const nameOf = classNamer(found.classNames);
  const lines = [
    `${basename(checkpoint)}, step ${answer.step}.`,
    ...(image ? [imageText(image, nameOf)] : []),
  ];
  if (answer.type === 'predict')
    return [...lines, ...numberRows('class', answer.probabilities, nameOf)].join('\n');
  if ('histograms' in answer) return [...lines, ...histogramLines(answer.histograms)].join('\n');
  // A terminal shows one layer at a time, and does not ask for all.
  if ('outputs' in answer) return lines.join('\n');
  if (answer.type === 'backpropagation') return [...lines, ...gradientLines(answer)].join('\n');
  const { shape } = answer;
  if (shape === null) return [...lines, 'The network has no convolution.'].join('\n');
  const heading = `${headingOf(answer, layer, nameOf)}, ${shape.join('×')}:`;
  const values = answer.type === 'saliency' ? answer.values.map(Math.abs) : answer.values;
  return [...lines, heading, ...valuesText(values, shape, columns)].join('\n');
}

/** The norm of each layer's gradients, in the order of the way back. */
function gradientLines({ loss, layers }: AnswerTo<'backpropagation'>): string[] {
  const normOf = (row: Float32Array): string =>
    Math.sqrt(row.reduce((sum, value) => sum + value * value, 0)).toPrecision(4);
  const rows = layers.map(({ gradient, variables }, k) => {
    const weights = variables.find(({ name }) => name === 'weights')?.gradient;
    return [String(k), normOf(gradient), weights ? normOf(weights) : ''];
  });
  return [
    `Loss ${(loss ?? 0).toPrecision(4)}. Norm of its gradient:`,
    ...textTable(['layer', 'at its output', 'of its weights'], rows.reverse()),
  ];
}

function headingOf(
  answer: Found['answer'],
  layer: string | null,
  nameOf: (label: number | null) => string,
): string {
  switch (answer.type) {
    case 'filters':
      return 'Kernels of the first convolution';
    case 'activations':
      return `What ${layer ?? ''} gives`;
    case 'saliency':
      return `How much each pixel changes the score of class ${nameOf(answer.class)}`;
    case 'grad-cam':
      return `Where ${layer ?? ''} speaks for class ${nameOf(answer.class)}`;
    default:
      return answer.type;
  }
}
