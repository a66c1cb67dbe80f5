import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { formFields } from '../../../../renderer/text/form-fields.ts';
import { rangeProblem } from '../../../../renderer/text/range-problem.ts';
import { runConfigSchema } from '../../../../shared/config.ts';
import { bordersOf } from '../../../../shared/fields/ranges.ts';
import { seedRun } from '../../../../shared/presets.ts';

describe.each(formFields.map((each) => [each.label, each] as const))('the form’s %s', (_, each) => {
  const { least, most } = bordersOf(each.range);
  const formTakes = (value: number): boolean =>
    rangeProblem(each.field, each.range, value) === null;
  const runTakes = (value: number): boolean =>
    v.is(runConfigSchema, each.withNumber(seedRun(), value));

  it('has the borders of the run’s', () => {
    for (const border of [least, most]) {
      expect(formTakes(border)).toBe(true);
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
      const problem = rangeProblem(each.field, each.range, value);
      expect(problem).toContain(`${most.toLocaleString('en')}.`);
      expect(problem).toContain(
        each.id === 'optimizer.learningRate' ? 'greater than 0' : `${least}`,
      );
    }
  });
});

it('does not call a rate that TensorFlow takes for 0 one that is not greater than 0', () => {
  const rate = formFields.find(({ id }) => id === 'optimizer.learningRate')!;
  expect(rangeProblem(rate.field, rate.range, 1e-40)).toBe(
    'The smallest is 1.18e-38: less is 0 to TensorFlow.',
  );
});
