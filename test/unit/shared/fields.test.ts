import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { layerSchema, runConfigSchema } from '../../../shared/config.ts';
import { fieldAt, fieldList } from '../../../shared/fields.ts';
import { bordersOf, isNumberRange, rangeWords } from '../../../shared/fields/ranges.ts';
import { liveNumbers, liveSettings } from '../../../shared/live-change.ts';
import { seedNetwork } from '../../../shared/preset-networks.ts';
import { seedRun } from '../../../shared/presets.ts';
import { numberIn } from '../../../shared/schema-parts.ts';
import { valueAt, withValueAt } from '../../../shared/setting-paths.ts';
import { trainerCommandSchema } from '../../../shared/trainer-commands.ts';

/** As much of a valibot schema as is walked through. */
interface Schema {
  type: string;
  wrapped?: Schema;
  entries?: Record<string, Schema>;
  options?: Schema[];
  literal?: string;
  item?: Schema;
}

const inner = (schema: Schema): Schema =>
  schema.type === 'optional' || schema.type === 'nullable' ? inner(schema.wrapped!) : schema;
const isNullable = (schema: Schema): boolean =>
  schema.type === 'nullable' || (schema.type === 'optional' && isNullable(schema.wrapped!));

/** The types of a `type` and the choices of a choice. */
const literals = (schema: Schema): unknown[] =>
  schema.literal === undefined ? (schema.options ?? []) : [schema.literal];

/** Every setting that a schema has, by its path in the table, with its schema. */
function settingsOf(schema: Schema, path: string): [string, Schema][] {
  const plain = inner(schema);
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
  if (plain.type === 'strict_object') {
    const entries = Object.entries(plain.entries!).flatMap(([name, entry]) =>
      name === 'type' ? [] : settingsOf(entry, below(name)),
    );
    return isNullable(schema) ? [[path, schema], ...entries] : entries;
  }
  if (plain.type === 'array')
    return plain.item!.options!.flatMap((layer) =>
      literals(layer.entries!.type!).flatMap((type) => settingsOf(layer, below(String(type)))),
    );
  if (plain.type === 'variant') {
    const types = plain.options!.flatMap((option) => literals(option.entries!.type!));
    const type: Schema = { type: 'picklist', options: types as unknown as Schema[] };
    return [[below('type'), type], ...plain.options!.flatMap((each) => settingsOf(each, path))];
  }
  return [[path, schema]];
}

const inSchema = new Map(settingsOf(runConfigSchema as unknown as Schema, ''));

describe('the table of fields', () => {
  it('has every setting of the schema once, and no other', () => {
    const paths = fieldList.map(([path]) => path);
    expect([...paths].sort()).toEqual([...inSchema.keys()].sort());
    expect(new Set(paths).size).toBe(paths.length);
  });

  it.each(fieldList.map(([path, field]) => ({ path, field })))(
    '$path says what the schema says',
    ({ path, field }) => {
      const schema = inSchema.get(path)!;
      expect(field.nullable ?? false).toBe(isNullable(schema));
      if (field.range.kind === 'choice')
        expect(literals(inner(schema))).toEqual(field.range.choices);
      if (!isNumberRange(field.range)) return;
      const { least, most } = bordersOf(field.range);
      const takes = (value: number): boolean =>
        v.is(inner(schema) as unknown as v.GenericSchema, value);
      const isShare = field.range.kind === 'share';
      expect([takes(least), takes(most)]).toEqual([true, !isShare]);
      expect(takes(least === 0 ? -1e-9 : least * 0.999)).toBe(false);
      expect(takes(most * 1.000_001)).toBe(false);
    },
  );

  it('has a default that is allowed, that of the seed run where that has the setting', () => {
    for (const [path, field] of fieldList) {
      const ofSeed = valueAt(seedRun(), path);
      if (ofSeed !== undefined) expect([path, field.default]).toEqual([path, ofSeed]);
      if (isNumberRange(field.range) && field.default !== null)
        expect([path, v.is(numberIn('', field.range), field.default)]).toEqual([path, true]);
      if (field.range.kind === 'choice' && field.default !== null)
        expect(field.range.choices).toContain(field.default);
    }
  });

  it('has layers that are allowed, made of the defaults: the first of each kind is the seed network’s', () => {
    const types = ['convolution', 'pooling', 'dropout', 'batch-normalization', 'dense'];
    for (const type of types) {
      const settings = fieldList.filter(([path]) => path.startsWith(`network.layers.${type}.`));
      const layer = settings.reduce<unknown>(
        (made, [path, field]) =>
          withValueAt(made, path.split('.').slice(3).join('.'), field.default),
        { type },
      );
      expect([type, v.is(layerSchema, layer)]).toEqual([type, true]);
      const ofSeed = seedNetwork().layers.find((each) => each.type === type);
      if (ofSeed) expect(layer).toEqual(ofSeed);
    }
  });

  it('has labels of a run’s settings that are each of its own, and one sentence each', () => {
    const labels = fieldList.flatMap(([path, { label }]) =>
      path.startsWith('network.layers.') ? [] : [label],
    );
    expect(new Set(labels).size).toBe(labels.length);
    for (const [, { sentence }] of fieldList) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  it('calls live what a change may have, and nothing else', () => {
    const change = Object.fromEntries(
      liveSettings.map(({ name, path }) => [name, fieldAt(path)?.default]),
    );
    const command = { type: 'change', change: { ...change, dropRates: [0.5] } };
    expect(v.is(trainerCommandSchema, command)).toBe(true);
    const live = fieldList.flatMap(([path, field]) => (field.live ? [path] : []));
    expect(live.sort()).toEqual(
      ['network.layers.dropout.rate', ...liveSettings.map(({ path }) => path)].sort(),
    );
    const numbers = ['learningRate', 'momentum', 'weightDecay'];
    expect(Object.keys(change).sort()).toEqual([...numbers, 'measureTraining'].sort());
    expect(liveNumbers.map(({ name }) => name).sort()).toEqual(numbers);
  });
});

it('a number out of its range is refused with the range in words', () => {
  for (const [path, { range }] of fieldList) {
    if (!isNumberRange(range)) continue;
    const { issues } = v.safeParse(numberIn(path, range), bordersOf(range).most + 1);
    expect(issues?.[0].message).toBe(`${path} must be ${rangeWords(range)}`);
  }
});
