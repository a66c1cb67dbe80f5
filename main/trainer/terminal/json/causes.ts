import { printable } from '../../../../shared/shown.ts';
import { numberCause } from './numbers.ts';
import type { Cause, Stumble } from './stumble.ts';
import { placeIn, scanString } from './tokens.ts';

const MOST_QUOTED = 40;

/** Quotes a part of the text for a message: what is in its line, shortened. */
const quotedCharacter = (text: string, at: number, end = text.length): string => {
  const line = /^[^\n\r]*/.exec(text.slice(at, Math.min(end, at + 2 * MOST_QUOTED)))?.[0] ?? '';
  return `“${printable(line.trim().slice(0, MOST_QUOTED))}${line.trim().length > MOST_QUOTED ? ' …' : ''}”`;
};

/** Words of languages similar to JSON, and what JSON has instead. */
const words = new Map([
  ...['True', 'TRUE', 'yes', 'Yes', 'on', 'On'].map((word) => [word, 'true'] as const),
  ...['False', 'FALSE', 'no', 'No', 'off', 'Off'].map((word) => [word, 'false'] as const),
  ...['None', 'NULL', 'Null', 'nil', 'undefined', '~'].map((word) => [word, 'null'] as const),
]);

/** The likeliest cause: first those that can be told from the place alone, last those that only the brackets tell. */
export const causeOf = (stumble: Stumble): Cause =>
  commentCause(stumble) ??
  quoteCause(stumble) ??
  numberCause(stumble) ??
  commaCause(stumble) ??
  bracketCause(stumble) ??
  wordCause(stumble) ??
  signCause(stumble);

function commentCause({ text, at }: Stumble): Cause | null {
  if (!/^(?:\/\/|\/\*|#|<!--)/.test(text.slice(at, at + 4))) return null;
  return { at, what: `JSON has no comments: take out ${quotedCharacter(text, at)}` };
}

function quoteCause({ text, at, token, expected, before }: Stumble): Cause | null {
  const char = text[at] ?? '';
  if (/['`´‘’‚“”„«»]/.test(char)) {
    const kind = char === "'" ? 'single quotes' : 'such quotes';
    return {
      at,
      what: `JSON has text between double quotes ("), not ${kind}: ${quotedCharacter(text, at)}`,
    };
  }
  if (char !== '"' || token !== '') return null;
  const scanned = scanString(text, at);
  if ('end' in scanned) return null;
  const { wrong } = scanned;
  if (text[wrong] === '\\')
    return {
      at: wrong,
      what: `a backslash between quotes is written twice (\\\\), or as / in a path: ${quotedCharacter(text, at)}`,
    };
  if (text[wrong] === '\t')
    return { at: wrong, what: `a tab between quotes is written \\t: ${quotedCharacter(text, at)}` };
  // The quote may be one too many after a string that has its own.
  const after = expected === 'comma or end' && text[before.end - 1] === '"';
  return {
    at,
    what: after
      ? `a quote (") too many: ${quotedCharacter(text, before.at)}`
      : `the quote (") is not closed in its line: ${quotedCharacter(text, at)}`,
  };
}

/** A comma too many, or a missing one. */
function commaCause(stumble: Stumble): Cause | null {
  const { text, at, token, expected, before, within, suspect } = stumble;
  const isAfterComma = text[before.at] === ',' && before.end - before.at === 1;
  if (isAfterComma && (token === '}' || token === ']'))
    return {
      at: suspect?.at !== at && isLast(text, before.at, at) ? before.at : at,
      what: `a comma too many before ${token}`,
    };
  if (token === ',' && expected !== 'colon' && expected !== 'nothing')
    return {
      at,
      what:
        expected === 'value' && !isAfterComma && within?.bracket === '{'
          ? `the value of ${nameBefore(text, before)} is missing`
          : 'a comma too many',
    };
  if (expected !== 'comma or end' || !/^["{[\w.+-]/.test(text.slice(at, at + 1))) return null;
  // Within a word such as 12px or true1, only quotes are missing.
  if (before.end === at && /\w/.test(text[at] ?? '')) return null;
  // If the next entry is complete, the error is placed where the comma should be: at the end of the line before.
  const isEntry = /^(?:"[^"\n\r]*"\s*[:,\]]|[{[]\s*[^\s}\],])/.test(text.slice(at, at + 200));
  return {
    at: isEntry ? before.end : at,
    what: `a comma is missing between ${quotedCharacter(text, before.at, before.end)} and ${quotedCharacter(text, at)}`,
  };
}

/** Whether the bracket closes right after the comma and is not itself the one too many. */
const isLast = (text: string, comma: number, bracket: number): boolean =>
  text.slice(comma, bracket).split('\n').length <= 2 &&
  /^[}\]\s]*(?:,\s*[\n\r]|,\s*["{[]|$)/.test(text.slice(bracket, bracket + 2 * MOST_QUOTED));

const nameBefore = (text: string, { at }: { at: number }): string => {
  const name = /("(?:[^"\\\n]|\\.)*")\s*$/.exec(text.slice(Math.max(0, at - 100), at))?.[1];
  return name === undefined ? 'this setting' : printable(name);
};

/** Counts brackets; where the count is wrong, the indentation shows better where the mistake began. */
function bracketCause(stumble: Stumble): Cause | null {
  const { text, at, token, expected, before, within, suspect } = stumble;
  const isEnd = at === text.length;
  const isBracket = /^[{}[\]]$/.test(token);
  const isPair = token === ':' && within?.bracket === '[' && text[before.at] === '"';
  const isMisplaced = (expected === 'name' || expected === 'name or }') && token !== '';
  if (!isEnd && !isBracket && !isPair && !isMisplaced && expected !== 'nothing') return null;
  if (suspect) {
    const { bracket } = suspect.open;
    const { line } = placeIn(text, suspect.open.at);
    return {
      at: suspect.at,
      what: `a bracket too many or too few: this does not fit ${bracket} of line ${line}`,
    };
  }
  if (expected === 'nothing')
    return {
      at,
      what:
        isBracket && token !== '{' && token !== '['
          ? `${token} closes nothing`
          : `the configuration ends before ${quotedCharacter(text, at)}: one file holds one, and nothing after it`,
    };
  if (isEnd) {
    if (!within) return { at, what: 'there is nothing in it' };
    const { line } = placeIn(text, within.at);
    return { at, what: `the text ends, but ${within.bracket} of line ${line} is not closed` };
  }
  if (isPair)
    return {
      at: before.at,
      what: `${quotedCharacter(text, before.at)} has a name within a list: a { is missing before it, or a ] that ends the list`,
    };
  if (isMisplaced)
    return {
      at,
      what: `the name of a setting belongs here, between double quotes, not ${quotedCharacter(text, at)}`,
    };
  return within && (token === '}' || token === ']') && expected !== 'value' && expected !== 'colon'
    ? {
        at,
        what: `${token} does not close ${within.bracket} of line ${placeIn(text, within.at).line}`,
      }
    : null;
}

function wordCause({ text, at, expected }: Stumble): Cause | null {
  const word = /^[^\s,:[\]{}"'=;]+/.exec(text.slice(at, at + 200))?.[0] ?? '';
  if (!/^[\p{L}_$~][^\p{C}]*$/u.test(word)) return null;
  const isName = expected === 'name' || expected === 'name or }';
  if (isName)
    return { at, what: `the name of a setting is put between double quotes: "${printable(word)}"` };
  const instead = words.get(word);
  if (instead !== undefined) return { at, what: `JSON has ${instead}, not ${printable(word)}` };
  if (expected === 'value' && at === text.search(/\S/))
    return { at, what: `this is no JSON: it begins with ${quotedCharacter(text, at)}, not with {` };
  return { at, what: `text is put between double quotes: ${quotedCharacter(text, at)}` };
}

/** A single character that does not belong there. */
function signCause({ text, at, expected, before }: Stumble): Cause {
  const char = text[at] ?? '';
  const name = quotedCharacter(text, before.at, before.end);
  if (/[\p{C}\p{Z}]/u.test(char)) {
    const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return {
      at,
      what: `an invisible character (U+${code}) stands here that JSON does not take for a space`,
    };
  }
  if (expected === 'colon') return { at: before.end, what: `a colon (:) is missing after ${name}` };
  if (expected === 'value' && /[}\]]/.test(char))
    return { at: before.end, what: `a value is missing before ${char}` };
  const wanted = {
    'comma or end': 'a comma or a closing bracket',
    nothing: 'nothing more',
    value: 'a value',
    'value or ]': 'a value or ]',
    name: 'a name between double quotes',
    'name or }': 'a name between double quotes',
  }[expected];
  return { at, what: `${wanted} belongs here, not ${quotedCharacter(text, at)}` };
}
