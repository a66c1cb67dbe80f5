import { printable } from '../../../../shared/shown.ts';
import type { Cause, Stumble } from './stumble.ts';

/** A number as other programs and countries write it. */
const NUMBER = /^[+-]?(?:\.?\d(?:[\w.]|(?<=[eE])[+-])*|NaN\b|Infinity\b|inf\b|-)/;

/** Finds what is wrong with a number. */
export function numberCause(stumble: Stumble): Cause | null {
  const { text, at, token, expected } = stumble;
  const number = NUMBER.exec(text.slice(at, at + 100))?.[0] ?? '';
  if (number === '') return null;
  const comma = commaCause(stumble, number);
  if (comma) return comma;
  if (token !== '' || expected === 'name' || expected === 'name or }') return null;
  const shown = printable(number);
  const instead = insteadOf(number);
  return {
    at,
    what:
      instead === null
        ? `${shown} is no number`
        : `${instead.why}: ${shown}; write ${instead.write}`,
  };
}

/** Two numbers with only a comma between them, where there cannot be two: a decimal comma. */
function commaCause(
  { text, at, token, expected, before, within }: Stumble,
  number: string,
): Cause | null {
  const isOneWord = text[before.at] === ',' && before.end === at;
  const whole = isOneWord
    ? /-?\d+$/.exec(text.slice(Math.max(0, before.at - 40), before.at))?.[0]
    : undefined;
  if (whole === undefined || !/^\d/.test(number)) return null;
  if (within?.bracket === '[' && (token !== '' || expected !== 'value')) return null;
  const isThousands = /^-?[1-9]\d{0,2}$/.test(whole) && /^\d{3}(?!\d)/.test(number);
  const together = `${whole}${number}`;
  const write = number.includes('.')
    ? together
    : `${whole}.${number}${isThousands ? `, or ${together} for thousands` : ''}`;
  return {
    at: before.at - whole.length,
    what: `the decimal sign is a point, not a comma: ${printable(`${whole},${number}; write ${write}`)}`,
  };
}

/** Ways of writing numbers that JSON does not have, in the order in which they are looked for. */
const habits: [RegExp, string][] = [
  [/^\+/, 'a number has no + before it'],
  [/^-?\./, 'a number begins with a digit'],
  [/^-?0\d/, 'a number does not begin with 0'],
  [/_/, 'a number has no _ within it'],
  [/\.(?:$|e)/i, 'after the point there is a digit'],
];

/** What an invalid number was probably meant to be. */
function insteadOf(number: string): { why: string; write: string } | null {
  const [sign, digits] = number.startsWith('-')
    ? ['-', number.slice(1)]
    : ['', number.replace('+', '')];
  if (/^(?:NaN|Infinity|inf)/.test(digits))
    return {
      why: 'JSON has finite numbers only',
      write: 'one of them, or null where that is allowed',
    };
  if (/^0[xob][\da-f]+$/i.test(digits) && !Number.isNaN(Number(digits)))
    return { why: 'JSON has decimal numbers only', write: `${sign}${Number(digits)}` };
  const write = `${sign}${digits
    .replaceAll('_', '')
    .replace(/^0+(?=\d)/, '')
    .replace(/^\./, '0.')
    .replace(/\.(?=$|e)/i, '')}`;
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(write)) return null;
  const why = habits.find(([habit]) => habit.test(number))?.[1];
  return why === undefined ? null : { why, write };
}
