/** The tokens of JSON, and places in a text. */

const WORD =
  /[{}[\]:,]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)(?!\w)/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;

/** The end of the string that begins at `at`, or the place where it goes wrong. No single pattern does this: it may be a megabyte long. */
export function scanString(text: string, at: number): { end: number } | { wrong: number } {
  for (let k = at + 1; k < text.length; k += 1) {
    const char = text[k] ?? '';
    if (char === '"') return { end: k + 1 };
    if (char < ' ') return { wrong: k };
    if (char !== '\\') continue;
    ESCAPE.lastIndex = k;
    const escape = ESCAPE.exec(text)?.[0];
    if (escape === undefined) return { wrong: k };
    k += escape.length - 1;
  }
  return { wrong: text.length };
}

/** The token at a place; empty if there is no valid one. */
export function tokenAt(text: string, at: number): string {
  if (text[at] === '"') {
    const scanned = scanString(text, at);
    return 'end' in scanned ? text.slice(at, scanned.end) : '';
  }
  WORD.lastIndex = at;
  return WORD.exec(text)?.[0] ?? '';
}

/** The line and column of a place in a text, from 1. */
export function placeIn(text: string, at: number): { line: number; column: number } {
  const lines = text.slice(0, at).split(/\r\n|[\n\r]/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
