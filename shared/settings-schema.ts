import * as v from 'valibot';

/** What a configuration's schema is made of. Each says what is wrong and what is allowed, in words that follow path and value. */

const finite = (name: string) =>
  v.pipe(v.number(`${name} must be a number`), v.finite(`${name} must be finite`));

export const whole = (name: string, least: number, most: number) =>
  v.pipe(
    v.number(`${name} must be a number`),
    v.integer(`${name} must be a whole number`),
    v.minValue(least, `${name} must be at least ${least}`),
    v.maxValue(most, `${name} must be at most ${most}`),
  );

export const between = (name: string, least: number, most: number) =>
  v.pipe(
    finite(name),
    v.minValue(least, `${name} must be at least ${least}`),
    v.maxValue(most, `${name} must be at most ${most}`),
  );

export const positive = (name: string, most: number) =>
  v.pipe(
    finite(name),
    v.gtValue(0, `${name} must be greater than 0`),
    v.maxValue(most, `${name} must be at most ${most}`),
  );

/** A share of units or weights: 0 up to, but not, 1. */
export const share = (name: string) =>
  v.pipe(
    finite(name),
    v.minValue(0, `${name} must be at least 0`),
    v.ltValue(1, `${name} must be less than 1`),
  );

/** [height, width]. */
export const size2d = (name: string, most: number) =>
  v.strictTuple(
    [whole(`${name} height`, 1, most), whole(`${name} width`, 1, most)],
    `${name} must be [height, width]`,
  );

export const yesOrNo = (name: string) => v.boolean(`${name} must be true or false`);

export const oneOf = <const T extends v.PicklistOptions>(name: string, options: T) =>
  v.picklist(options, `${name} must be one of ${options.join(', ')}`);

/** An object that has these settings and no others. */
export const settings = <const T extends v.ObjectEntries>(entries: T) =>
  v.strictObject(entries, ({ expected, received, path }) => {
    const names = Object.keys(entries).join(', ');
    if (expected === 'never') return `there is no such setting here; there are ${names}`;
    if (path && received === 'undefined') return 'this setting is missing';
    return `must be an object with the settings ${names}`;
  });

/** One of several objects, told apart by their `type`. */
export const kinds = <const T extends v.VariantOptions<'type'>>(options: T) =>
  v.variant('type', options, ({ expected }) =>
    expected === 'Object'
      ? 'must be an object with a type'
      : `type must be one of ${expected.replaceAll(/[("]|\)/g, '').replaceAll(' | ', ', ')}`,
  );
