import * as v from 'valibot';
import { shown } from './shown.ts';

/** What a configuration's schema is made of. Each says what is wrong and what is allowed, in words that follow path and value. */

/** The numbers that TensorFlow is given are float32: what would be 0 or 1 there is not taken for more or less than that. */
const SMALLEST = 2 ** -126;
const BELOW_ONE = 1 - 2 ** -25;

/** Each wrong value is told once, with the whole range. */
export const whole = (name: string, least: number, most: number) => {
  const message = `${name} must be a whole number from ${least} to ${most}`;
  return v.pipe(
    v.number(message),
    v.integer(message),
    v.minValue(least, message),
    v.maxValue(most, message),
  );
};

export const between = (name: string, least: number, most: number) => {
  const message = `${name} must be a number from ${least} to ${most}`;
  return v.pipe(
    v.number(message),
    v.finite(message),
    v.minValue(least, message),
    v.maxValue(most, message),
  );
};

export const positive = (name: string, most: number) => {
  const message = `${name} must be a number greater than 0 (at least 1.18e-38, the least of float32) and at most ${most}`;
  return v.pipe(
    v.number(message),
    v.finite(message),
    v.minValue(SMALLEST, message),
    v.maxValue(most, message),
  );
};

/** Least and greatest that a number's schema takes. */
export const rangeOf = ({ pipe: [, , least, most] }: RangedNumber) => ({
  least: least.requirement,
  most: most.requirement,
});
/** As `positive` makes it too. */
export type RangedNumber = ReturnType<typeof whole> | ReturnType<typeof between>;

/** A share of units or weights: 0 up to, but not, 1. */
export const share = (name: string) => {
  const message = `${name} must be a number from 0 to less than 1 (at most 0.9999999, in float32)`;
  return v.pipe(
    v.number(message),
    v.finite(message),
    v.minValue(0, message),
    v.ltValue(BELOW_ONE, message),
  );
};

/** [height, width]. */
export const size2d = (name: string, most: number) =>
  v.strictTuple(
    [whole(`${name} height`, 1, most), whole(`${name} width`, 1, most)],
    `${name} must be [height, width]`,
  );

export const yesOrNo = (name: string) => v.boolean(`${name} must be true or false`);

export const oneOf = <const T extends v.PicklistOptions>(name: string, options: T) =>
  v.picklist(options, `${name} must be one of ${options.join(', ')}`);

/** Enough of the names that there are none of. */
const MOST_NAMES = 10;

/** @param one that is told already */
function othersUnknown(object: object, known: object, one: unknown): string {
  const others = Object.keys(object).filter((key) => !Object.hasOwn(known, key) && key !== one);
  const more = others.length - MOST_NAMES;
  const names = others.slice(0, MOST_NAMES).map(shown);
  if (more > 0) names.push(`${more} more`);
  return names.length === 0 ? '' : `, nor ${names.join(', ')}`;
}

/** An object that has these settings and no others. */
export const settings = <const T extends v.ObjectEntries>(entries: T) => {
  // Without what every object inherits: "constructor" is no setting.
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

/** `("a" | "b")` as valibot has it -> a, b */
const listed = (expected: string): string =>
  expected.replaceAll(/[("]|\)/g, '').replaceAll(' | ', ', ');

/** One of several objects, told apart by their `type`. */
export const kinds = <const T extends v.VariantOptions<'type'>>(options: T) => {
  const types = (): string =>
    options
      .flatMap((option) => ('entries' in option ? listed(option.entries.type.expects) : []))
      .join(', ');
  return v.variant('type', options, ({ expected, received, path }) => {
    if (expected === 'Object' || Array.isArray(path?.at(-1)?.input))
      return `must be an object with a type, one of ${types()}`;
    return received === 'undefined'
      ? `type is missing; there are ${listed(expected)}`
      : `type must be one of ${listed(expected)}`;
  });
};
