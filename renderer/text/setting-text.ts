import { formatGrouped, formatNumber } from '../../shared/format.ts';
import type { Field } from '../../shared/fields/field.ts';
import { isNumberRange, shortRangeWords } from '../../shared/fields/ranges.ts';
import { asSentence } from './format.ts';
import { numberOf, wholeNumberOf } from './number-of.ts';
import { rangeProblem } from './range-problem.ts';

/** Settings as they are typed, and what is typed as settings. */

/** A setting's value, or why the text is none. */
export type ReadSetting = { value: unknown } | { problem: string };

const LONGEST_NAME = 80;

/** Null where it is no list of texts. */
const listText = (value: readonly unknown[]): string | null =>
  value.every((part) => typeof part === 'string') ? value.join(' ') : null;

const sideText = (value: readonly unknown[]): string => {
  const [height, width] = value;
  return height === width ? String(height) : `${String(height)}×${String(width)}`;
};

/** A value as a person would type it; empty where it is null. */
export function settingText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return listText(value) ?? sideText(value);
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return formatNumber(value);
  return typeof value === 'boolean' ? String(value) : '';
}

/** What was typed into a setting's field. Nothing at all is null where the setting may be absent. */
export function readSetting(field: Field, text: string): ReadSetting {
  const { range } = field;
  const plain = text.trim();
  if (plain === '' && field.nullable) return { value: null };
  if (isNumberRange(range)) {
    const value = range.kind === 'whole' ? wholeNumberOf(text) : numberOf(text);
    const problem = rangeProblem(field, range, value);
    return problem === null ? { value } : { problem };
  }
  if (range.kind === 'size') return readSize(plain, range.most);
  if (range.kind === 'colour')
    return /^#[\da-f]{6}$/i.test(plain)
      ? { value: plain }
      : { problem: 'Enter a colour such as #ffffff.' };
  if (plain.length > LONGEST_NAME) return { problem: `Enter at most ${LONGEST_NAME} characters.` };
  return plain === '' ? { problem: 'Enter a name.' } : { value: plain };
}

function readSize(text: string, most: number): ReadSetting {
  const [, height = '', width = height] = /^(\d+)(?:\s*[x×*,]\s*(\d+))?$/i.exec(text) ?? [];
  const size = [Number(height), Number(width)];
  return height !== '' && size.every((side) => side >= 1 && side <= most)
    ? { value: size }
    : { problem: `Enter a size such as 3 or 3×5, each from 1 to ${most}.` };
}

/** What a setting may be, and what it is at first: "1 to 100,000 epochs, at first 10." */
export function rangeText(field: Field): string {
  const words = rangeAndDefault(field);
  return words === '' ? '' : asSentence(words);
}

function rangeAndDefault(field: Field): string {
  const { range, unit } = field;
  if (range.kind === 'yes-no') return field.default === true ? 'at first on' : 'at first off';
  const usual = field.choiceWords?.[String(field.default)] ?? settingText(field.default);
  const atFirst = usual === '' ? 'at first none' : `at first ${usual}`;
  const inUnit = unit === undefined ? '' : ` ${unit}`;
  if (isNumberRange(range)) return `${shortRangeWords(range, formatGrouped)}${inUnit}, ${atFirst}`;
  if (range.kind === 'size') return `1 to ${range.most}${inUnit} each way, ${atFirst}`;
  return usual === '' ? '' : atFirst;
}
