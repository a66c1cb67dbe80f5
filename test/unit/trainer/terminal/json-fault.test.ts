import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presets } from '../../../../shared/presets.ts';
import { jsonFault } from '../../../../main/trainer/terminal/json/fault.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('the cause of what is not JSON', () => {
  it.each<[string, string, number, number, RegExp]>([
    [
      'a decimal comma',
      '{\n  "rate": 0,005,\n  "b": 1\n}',
      2,
      11,
      /decimal sign is a point, not a comma: 0,005; write 0\.005$/,
    ],
    [
      'a decimal comma at the end',
      '{\n  "a": 1,\n  "rate": -1,5e-3\n}',
      3,
      11,
      /-1,5e-3; write -1\.5e-3$/,
    ],
    ['a decimal comma in a list', '{"a": [0,05]}', 1, 8, /0,05; write 0\.05$/],
    ['thousands', '{"a": 60,000}', 1, 7, /60,000; write 60\.000, or 60000 for thousands$/],
    ['thousands and a point', '{"a": 1,234.5}', 1, 7, /write 1234\.5$/],
    ['a comma too many in an object', '{\n  "a": 1,\n}', 2, 9, /^a comma too many before }$/],
    ['a comma too many in a list', '[1, 2,]', 1, 6, /^a comma too many before \]$/],
    ['two commas', '{"a": 1,, "b": 2}', 1, 9, /^a comma too many$/],
    ['a comma at the beginning', '[, 1]', 1, 2, /^a comma too many$/],
    [
      'a comment',
      '{\n  "a": 1, // the rate\n  "b": 2\n}',
      2,
      11,
      /no comments: take out “\/\/ the rate”$/,
    ],
    ['a comment in C', '/* a run */\n{}', 1, 1, /no comments: take out “\/\* a run \*\/”$/],
    ['a comment in Python', '{"a": 1}\n# end', 2, 1, /no comments: take out “# end”$/],
    ['single quotes', "{'a': 1}", 1, 2, /double quotes \("\), not single quotes: “'a': 1}”$/],
    ['curly quotes', '{\n  “a”: 1}', 2, 3, /double quotes \("\), not such quotes/],
    [
      'a name without quotes',
      '{\n  rate: 1}',
      2,
      3,
      /name of a setting is put between double quotes: "rate"$/,
    ],
    ['text without quotes', '{"type": relu}', 1, 10, /text is put between double quotes: “relu}”$/],
    ['NaN', '{"a": NaN}', 1, 7, /finite numbers only: NaN/],
    ['Infinity', '{"a": -Infinity}', 1, 7, /finite numbers only: -Infinity/],
    ['Python’s True', '{"a": True}', 1, 7, /^JSON has true, not True$/],
    ['Python’s None', '[None]', 1, 2, /^JSON has null, not None$/],
    ['no digit before the point', '{"a": .5}', 1, 7, /begins with a digit: \.5; write 0\.5$/],
    [
      'no digit after the point',
      '{"a": 5.}',
      1,
      7,
      /after the point there is a digit: 5\.; write 5$/,
    ],
    ['a plus', '{"a": +1}', 1, 7, /no \+ before it: \+1; write 1$/],
    ['zeros before it', '{"a": 007}', 1, 7, /does not begin with 0: 007; write 7$/],
    ['hexadecimal', '{"a": 0x1F}', 1, 7, /decimal numbers only: 0x1F; write 31$/],
    ['underscores', '{"a": 60_000}', 1, 7, /no _ within it: 60_000; write 60000$/],
    ['half a number', '{"a": 1.2.3}', 1, 7, /^1\.2\.3 is no number$/],
    ['a unit', '{"a": 12px}', 1, 7, /^12px is no number$/],
    [
      'a missing comma',
      '{\n  "a": 1\n  "b": 2\n}',
      2,
      9,
      /comma is missing between “1” and “"b": 2”$/,
    ],
    [
      'a missing comma in a list',
      '[[1] [2]]',
      1,
      5,
      /comma is missing between “\]” and “\[2\]\]”$/,
    ],
    ['a missing colon', '{"a" 1}', 1, 5, /colon \(:\) is missing after “"a"”$/],
    ['an equals sign', '{"a" = 1}', 1, 5, /colon \(:\) is missing/],
    ['a missing value', '{"a": }', 1, 6, /^a value is missing before }$/],
    ['a missing value before others', '{"a": , "b": 1}', 1, 7, /^the value of "a" is missing$/],
    ['a missing closing brace', '{\n  "a": {\n    "b": 1\n}\n', 4, 1, /does not fit { of line 2$/],
    ['the end too soon', '{"a": [1, 2', 1, 12, /the text ends, but \[ of line 1 is not closed$/],
    ['another bracket', '{"a": [1, 2}', 1, 12, /^} does not close \[ of line 1$/],
    ['two documents', '{"a": 1}\n{"a": 2}', 2, 1, /ends before “{"a": 2}”: one file holds one/],
    ['a brace too many', '{"a": 1}}', 1, 9, /^} closes nothing$/],
    [
      'an open quote',
      '{\n  "a: 1,\n  "b": 2}',
      2,
      3,
      /quote \("\) is not closed in its line: “"a: 1,”$/,
    ],
    [
      'a path of Windows',
      '{"dataset": "C:\\data"}',
      1,
      16,
      /backslash between quotes is written twice/,
    ],
    ['a tab in a text', '{"a": "x\ty"}', 1, 9, /tab between quotes is written \\t/],
    ['a space that is none', '{"a":\u00a01}', 1, 6, /invisible character \(U\+00A0\)/],
    ['YAML', 'network:\n  name: x', 1, 1, /this is no JSON: it begins with “network:”/],
    ['a name in a list', '["a": 1]', 1, 2, /has a name within a list/],
    ['nothing but space', '  \n ', 2, 2, /^there is nothing in it$/],
  ])('%s', (_, text, line, column, what) => {
    expect(isJson(text)).toBe(false);
    const fault = jsonFault(text);
    expect(fault?.what).toMatch(what);
    expect(fault).toMatchObject({ line, column });
  });
});

/** As people and programs lay a configuration out. */
const layouts: Record<string, (value: unknown) => string> = {
  'two spaces': (value) => JSON.stringify(value, null, 2),
  tabs: (value) => JSON.stringify(value, null, '\t').replaceAll('\n', '\r\n'),
  'short lists in one line': (value) =>
    JSON.stringify(value, null, 4).replaceAll(/\[\s+(\d+),\s+(\d+)\s+\]/g, '[$1, $2]'),
  'one line': (value) => JSON.stringify(value),
};

describe('the line of one character’s damage', () => {
  const config = fc.constantFrom(...Object.values(presets)).map((preset) => preset());
  const sign = fc.constantFrom(...'{}[]:,"\'\\/#-+.0x_ \n\t\u201c\u0000é'.split(''));
  it.each(Object.entries(layouts))('in %s, is told, or the next', (_, layout) => {
    const property = fc.property(
      config.map(layout),
      fc.double({ min: 0, max: 0.999999, noNaN: true }),
      fc.constantFrom('removed', 'put in', 'replaced'),
      sign,
      (text, share, kind, other) => {
        const at = Math.floor(share * text.length);
        const rest = text.slice(kind === 'put in' ? at : at + 1);
        const damaged = `${text.slice(0, at)}${kind === 'removed' ? '' : other}${rest}`;
        const fault = jsonFault(damaged);
        expect(fault === null).toBe(isJson(damaged));
        if (fault === null) return;
        const line = damaged.slice(0, at).split('\n').length;
        const last = line + 1 + (kind !== 'removed' && other === '\n' ? 1 : 0);
        expect(fault.line).toBeGreaterThanOrEqual(line);
        expect(fault.line).toBeLessThanOrEqual(last);
        expect(fault.what).not.toMatch(/\p{Cc}/u);
      },
    );
    fc.assert(property, { numRuns: Number(process.env.RUNS ?? 500) });
  });
});

it('whatever the text, there is a fault where it is not JSON, and none where it is', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"a"',
    '1',
    'true',
    ' ',
    '\n',
    '-',
    '.',
    'x',
    '"',
    '//',
  );
  const texts = fc.oneof(
    fc.string(),
    fc.json(),
    fc.array(piece).map((pieces) => pieces.join('')),
  );
  const property = fc.property(texts, (text) => {
    expect(jsonFault(text) === null).toBe(isJson(text));
  });
  fc.assert(property, { numRuns: 5_000 });
});

it.each([
  ['nesting', '['.repeat(1_000_000)],
  ['a text', `["${'x'.repeat(1_000_000)}`],
  ['escapes', `["${'\\\\'.repeat(500_000)}`],
  ['digits', `[${'1'.repeat(1_000_000)}x`],
  ['spaces', `[${' '.repeat(1_000_000)}x`],
  ['a word', 'x'.repeat(1_000_000)],
  ['lines', `${'[\n'.repeat(500_000)}x`],
  ['numbers', `[${'1,\n'.repeat(330_000)}x`],
])('a megabyte of %s is gone through at once, and told in a few words', (_, text) => {
  const fault = jsonFault(text);
  expect(fault?.what.length).toBeLessThan(250);
});
