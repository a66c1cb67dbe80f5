import * as v from 'valibot';
import { fields, type NumberPath, type SizePath } from './fields.ts';
import { bordersOf, rangeWords, wholeFrom, type NumberRange } from './fields/ranges.ts';
import { shown } from './shown.ts';

/** Parts of the configuration's schema. Each message says what is wrong and what is allowed, in words that follow path and value. */

/** A count in events and records. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The SHA-256 of a checkpoint's variables, in hexadecimal digits. */
export const fingerprintSchema = v.pipe(v.string(), v.regex(/^[\da-f]{64}$/));

/** Size of an image in pixels, or its number of channels or classes. */
export const side = v.pipe(count, v.minValue(1), v.maxValue(65_536));

/** Each wrong value is reported once, with the whole range. */
const wholeNumber = (name: string, range: NumberRange) => {
  const { least, most } = bordersOf(range);
  const message = `${name} must be ${rangeWords(range)}`;
  return v.pipe(
    v.number(message),
    v.integer(message),
    v.minValue(least, message),
    v.maxValue(most, message),
  );
};

const realNumber = (name: string, range: NumberRange) => {
  const { least, most } = bordersOf(range);
  const message = `${name} must be ${rangeWords(range)}`;
  return v.pipe(
    v.number(message),
    v.finite(message),
    v.minValue(least, message),
    range.kind === 'share' ? v.ltValue(most, message) : v.maxValue(most, message),
  );
};

/** @param name the setting's name in messages */
export const numberIn = (name: string, range: NumberRange) =>
  range.kind === 'whole' ? wholeNumber(name, range) : realNumber(name, range);

/** The number of a setting in the table, named by the last word of its path. */
export const numberAt = (path: NumberPath) => numberIn(lastWord(path), fields[path].range);

/** The [height, width] of a setting in the table. */
export const sizeAt = (path: SizePath) => {
  const name = lastWord(path);
  const length = wholeFrom(1, fields[path].range.most);
  return v.strictTuple(
    [numberIn(`${name} height`, length), numberIn(`${name} width`, length)],
    `${name} must be [height, width]`,
  );
};

const lastWord = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** Red, green and blue, with two hexadecimal digits each. */
export const colour = (name: string) => {
  const message = `${name} must be a colour such as "#ffffff"`;
  return v.pipe(v.string(message), v.regex(/^#[\da-f]{6}$/i, message));
};

/** @param message says what it must be */
export const someText = (message: string) => v.pipe(v.string(message), v.minLength(1, message));

export const yesOrNo = (name: string) => v.boolean(`${name} must be true or false`);

export const oneOf = <const T extends v.PicklistOptions>(name: string, options: T) =>
  v.picklist(options, `${name} must be one of ${options.join(', ')}`);

/** Most unknown names in a message. */
const MOST_NAMES = 10;

/** @param one the name that is reported already */
function othersUnknown(object: object, known: object, one: unknown): string {
  const others = Object.keys(object).filter((key) => !Object.hasOwn(known, key) && key !== one);
  const more = others.length - MOST_NAMES;
  const names = others.slice(0, MOST_NAMES).map(shown);
  if (more > 0) names.push(`${more} more`);
  return names.length === 0 ? '' : `, nor ${names.join(', ')}`;
}

/** An object with exactly these settings. */
export const strictRecord = <const T extends v.ObjectEntries>(entries: T) => {
  // This object has no prototype, since inherited names such as "constructor" are not settings.
  const own = Object.assign(Object.create(null) as object, entries);
  const names = Object.keys(entries).join(', ');
  return v.strictObject(own, ({ expected, received, path }) => {
    const place = path?.at(-1);
    if (!place || Array.isArray(place.input)) return `must be an object with the settings ${names}`;
    if (expected === 'never')
      return `there is no such setting here${othersUnknown(place.input as object, own, place.key)}; there are ${names}`;
    if (received === 'undefined') return 'this setting is missing';
    return `must be an object with the settings ${names}`;
  });
};

/** Lists types as in `("a" | "b")`, which valibot writes: a, b. */
const listedTypes = (expected: string): string =>
  expected.replaceAll(/[("]|\)/g, '').replaceAll(' | ', ', ');

/** One of several kinds of objects, distinguished by their `type`. */
export const kinds = <const T extends v.VariantOptions<'type'>>(options: T) => {
  const types = (): string =>
    options
      .flatMap((option) => ('entries' in option ? listedTypes(option.entries.type.expects) : []))
      .join(', ');
  return v.variant('type', options, ({ expected, received, path }) => {
    if (expected === 'Object' || Array.isArray(path?.at(-1)?.input))
      return `must be an object with a type, one of ${types()}`;
    return received === 'undefined'
      ? `type is missing; there are ${listedTypes(expected)}`
      : `type must be one of ${listedTypes(expected)}`;
  });
};
