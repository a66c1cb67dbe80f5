import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { rangeProblem } from '../../../../renderer/text/range-problem.ts';
import { runConfigSchema } from '../../../../shared/config.ts';
import { fieldOf } from '../../../../shared/field-of.ts';
import { fieldList, fields } from '../../../../shared/fields.ts';
import { bordersOf, isNumberRange, type NumberRange } from '../../../../shared/fields/ranges.ts';
import { seedRun } from '../../../../shared/presets.ts';
import { valueAt, withValueAt } from '../../../../shared/setting-paths.ts';

/** Every number that the seed run has, by its path in it. */
const numbers = fieldList
  .map(([path]) => path.replace('network.layers.dropout', 'network.layers.2'))
  .filter((path) => typeof valueAt(seedRun(), path) === 'number')
  .map((path) => {
    const field = fieldOf(seedRun(), path)!;
    return { path, field, range: field.range as NumberRange };
  })
  .filter(({ range }) => isNumberRange(range));

describe.each(numbers)('the form’s $path', ({ path, field, range }) => {
  const { least, most } = bordersOf(range);
  const formTakes = (value: number): boolean => rangeProblem(field, range, value) === null;
  const runTakes = (value: number): boolean =>
    v.is(runConfigSchema, withValueAt(seedRun(), path, value));

  it('has the borders of the run’s', () => {
    for (const border of [least, most]) {
      expect(formTakes(border)).toBe(range.kind !== 'share' || border < most);
      for (const value of [border - 1, border + 1, border / 2, border * 1.001, -border])
        expect([value, formTakes(value)]).toEqual([value, runTakes(value)]);
    }
    for (const value of [NaN, Infinity, -Infinity, 0, -0, 0.5, 1e-40, Number.MAX_SAFE_INTEGER])
      expect([value, formTakes(value)]).toEqual([value, runTakes(value)]);
  });

  it('takes a number where, and only where, the run takes it', () => {
    const near = fc.oneof(
      fc.double(),
      fc.double({ min: 0, max: 1 }),
      fc.integer(),
      fc.nat({ max: 200_000 }),
      fc.integer({ min: -2, max: 2 }).map((off) => most + off),
    );
    fc.assert(
      fc.property(near, (value) => formTakes(value) === runTakes(value)),
      { numRuns: 500 },
    );
  });

  it('says which numbers it takes', () => {
    for (const value of [most + 1, -1, NaN]) {
      const problem = rangeProblem(field, range, value);
      if (range.kind === 'share') expect(problem).toContain('less than 1');
      else expect(problem).toContain(`${most.toLocaleString('en')}.`);
      expect(problem).toContain(
        range.kind === 'positive' ? 'greater than 0' : least.toLocaleString('en'),
      );
    }
  });
});

it('does not call a rate that TensorFlow takes for 0 one that is not greater than 0', () => {
  const rate = fields['optimizer.learningRate'];
  expect(rangeProblem(rate, rate.range, 1e-40)).toBe(
    'The smallest is 1.18e-38: less is 0 to TensorFlow.',
  );
});
