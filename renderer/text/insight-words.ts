import type { ExampleShape } from '../../shared/network-shape.ts';
import { formatCount, formatFixed, formatPrecise } from '../../shared/format.ts';

/** What is said of a network's insides: layers' answers, and where it looked. */

/** A number of a layer's answer, with a true minus: three significant digits. */
export function answerNumber(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 1000 ? formatCount(size) : formatPrecise(size, 3);
  return `${value < 0 ? '−' : ''}${digits}`;
}

/** From where to where a layer's values go: 0 … 2.31. */
export const rangeWords = ({ least, most }: { least: number; most: number }): string =>
  `${answerNumber(least)} … ${answerNumber(most)}`;

/** How much of a layer is shown: “24 of 128 shown”; empty where all is. */
export const shownWords = (shown: number, all: number): string =>
  shown < all ? `${shown} of ${formatCount(all)} shown` : '';

/**
 * A layer's maps for those who do not see them.
 * @param shown how many maps are shown
 * @param blank how many of these show nothing
 */
export function mapsSentence(
  name: string,
  [height, width, channels]: readonly [number, number, number],
  shown: number,
  blank: number,
): string {
  const maps = channels === 1 ? 'one map' : `${formatCount(channels)} maps`;
  const which = shown < channels ? `of the first ${shown}` : 'of them';
  const blanks =
    blank === 0 ? `none ${which} is` : `${blank} ${which} ${blank === 1 ? 'is' : 'are'}`;
  return `${name}: ${maps} of ${height}×${width}, ${blanks} blank`;
}

/** A layer's row of units for those who do not see it. */
export function unitsSentence(name: string, values: Float32Array): string {
  const active = values.reduce((count, value) => count + (value === 0 ? 0 : 1), 0);
  return `${name}: ${formatCount(values.length)} units, ${formatCount(values.length - active)} of them are zero`;
}

/**
 * The scores for those who do not see them.
 * @param classNameOf what a class is called
 */
export function scoresSentence(
  name: string,
  scores: Float32Array,
  classNameOf: (label: number) => string,
): string {
  const [first, second] = Array.from(scores, (score, label) => ({ score, label })).toSorted(
    (a, b) => b.score - a.score,
  );
  if (first === undefined) return name;
  const scoreOf = (of: { score: number; label: number }): string =>
    `${classNameOf(of.label)} with ${answerNumber(of.score)}`;
  const next = second === undefined ? '' : `, then ${scoreOf(second)}`;
  return `${name}: ${formatCount(scores.length)} scores, the highest is ${scoreOf(first)}${next}`;
}

/** An output's shape as a layer's second line has it. */
export const shapeWords = (shape: ExampleShape): string =>
  shape.length === 1 ? `${formatCount(shape[0])} units` : shape.join('×');

/** Places in a picture, by third of its rows and of its columns. */
const thirdWords = [
  ['at the upper left', 'at the top', 'at the upper right'],
  ['at the left', 'in the middle', 'at the right'],
  ['at the lower left', 'at the bottom', 'at the lower right'],
];

/** Where in a map the greatest value is, in words; null where no value is above 0. */
export function strongestPlace(
  values: Float32Array,
  { height, width }: { height: number; width: number },
): string | null {
  let at = -1;
  let most = 0;
  values.forEach((value, place) => {
    if (value > most) [at, most] = [place, value];
  });
  if (at < 0) return null;
  const third = (place: number, size: number): number => Math.floor((3 * (place + 0.5)) / size);
  return thirdWords[third(Math.floor(at / width), height)]?.[third(at % width, width)] ?? '';
}

/** How much more of 1 a class has, in points of a hundred: "+1.5"; what rounds to nothing is "+0.0". */
export function gainWords(gain: number): string {
  const points = Math.round(1000 * gain) / 10;
  return `${points < 0 ? '−' : '+'}${formatFixed(Math.abs(points), 1)}`;
}
