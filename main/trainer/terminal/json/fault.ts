import { causeOf } from './causes.ts';
import { Indentation, type Open } from './indentation.ts';
import type { Expected } from './stumble.ts';
import { placeIn, tokenAt } from './tokens.ts';

/**
 * Where a text that JSON.parse refuses stops being JSON, and the likely cause. The app finds it by itself, since the engines' messages
 * differ from version to version, and few name a line.
 */
export interface JsonFault {
  /** From 1. */
  line: number;
  column: number;
  /** What is wrong there, and what to write instead, without a full stop. */
  what: string;
}

const SPACE = /[ \t\n\r]*/y;

const isClosing = (token: string): boolean => token === '}' || token === ']';

/** What may follow a token, given what was expected; null if the token may not be there. */
function followPath(token: string, expected: Expected, within: Open | undefined): Expected | null {
  const mayEnd = expected !== 'name' && expected !== 'value' && expected !== 'colon';
  if (isClosing(token)) {
    const closes = within?.bracket === (token === '}' ? '{' : '[');
    return closes && mayEnd ? 'comma or end' : null;
  }
  if (token === ',')
    return expected !== 'comma or end' ? null : within?.bracket === '{' ? 'name' : 'value';
  if (token === ':') return expected === 'colon' ? 'value' : null;
  if (expected === 'name' || expected === 'name or }')
    return token.startsWith('"') ? 'colon' : null;
  if (expected !== 'value' && expected !== 'value or ]') return null;
  return token === '{' ? 'name or }' : token === '[' ? 'value or ]' : 'comma or end';
}

/**
 * Goes through the text once, without recursion, since it may be nested to any depth.
 * @returns null if the text is JSON
 */
export function jsonFault(text: string): JsonFault | null {
  const open: Open[] = [];
  const indentation = new Indentation();
  let expected: Expected = 'value';
  let before = { at: 0, end: 0 };
  let line = { start: 0, indent: 0 };
  for (;;) {
    SPACE.lastIndex = before.end;
    const space = SPACE.exec(text)?.[0] ?? '';
    const at = before.end + space.length;
    const within = open.at(-1);
    const token = tokenAt(text, at);
    const newline = Math.max(space.lastIndexOf('\n'), space.lastIndexOf('\r'));
    if (within && at === text.length) indentation.end(within);
    if (within && newline < 0 && before.at === within.at) within.isFilled = true;
    if (newline >= 0) {
      line = { start: before.end + newline + 1, indent: space.length - newline - 1 };
      const isValue = expected === 'value' && within?.bracket === '{';
      if (at < text.length) indentation.look(token, at, line.indent, open, isValue);
    }
    if (at === text.length && expected === 'nothing') return null;
    const next: Expected | null = token === '' ? null : followPath(token, expected, within);
    if (next === null) {
      const { suspect } = indentation;
      const cause = causeOf({ text, at, token, expected, before, within, suspect });
      return { ...placeIn(text, cause.at), what: cause.what };
    }
    if (token === '{' || token === '[')
      open.push({
        bracket: token,
        at,
        lineStart: line.start,
        indent: line.indent,
        entries: null,
        isFilled: false,
      });
    else if (isClosing(token)) open.pop();
    expected = next === 'comma or end' && open.length === 0 ? 'nothing' : next;
    before = { at, end: at + token.length };
  }
}
