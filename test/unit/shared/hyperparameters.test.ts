import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { liveNumbers, runConfigSchema } from '../../../shared/config.ts';
import {
  defaultHyperparameters,
  hyperparametersSchema,
  problemsOf,
  runConfigOf,
  type Hyperparameters,
} from '../../../shared/hyperparameters.ts';
import { rangeOf } from '../../../shared/settings-schema.ts';

const { training, data } = runConfigSchema.entries;
const ranges = {
  epochs: rangeOf(training.entries.epochs),
  batchSize: rangeOf(data.entries.batchSize),
  learningRate: rangeOf(liveNumbers.learningRate),
  convolutionDropout: rangeOf(liveNumbers.dropRate),
  denseDropout: rangeOf(liveNumbers.dropRate),
  seed: rangeOf(training.entries.seed),
};
type Field = keyof typeof ranges;
const fields = Object.keys(ranges) as Field[];

const withValue = (field: Field, value: number): Hyperparameters => ({
  ...defaultHyperparameters(),
  [field]: value,
});
const formTakes = (field: Field, value: number): boolean =>
  v.is(hyperparametersSchema, withValue(field, value));
const runTakes = (field: Field, value: number): boolean =>
  v.is(runConfigSchema, runConfigOf(withValue(field, value)));

describe.each(fields)('the form’s %s', (field) => {
  const { least, most } = ranges[field];

  it('has the borders of the run’s', () => {
    for (const border of [least, most]) {
      expect(formTakes(field, border)).toBe(true);
      for (const value of [border - 1, border + 1, border / 2, border * 1.001, -border])
        expect([value, formTakes(field, value)]).toEqual([value, runTakes(field, value)]);
    }
    for (const value of [NaN, Infinity, -Infinity, 0, -0, 0.5, 1e-40, Number.MAX_SAFE_INTEGER])
      expect([value, formTakes(field, value)]).toEqual([value, runTakes(field, value)]);
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
      fc.property(near, (value) => formTakes(field, value) === runTakes(field, value)),
      { numRuns: 500 },
    );
  });

  it('says which numbers it takes', () => {
    for (const value of [most + 1, -1, NaN]) {
      const problems = problemsOf(withValue(field, value));
      expect(Object.keys(problems)).toEqual([field]);
      expect(problems[field]).toContain(`${most.toLocaleString('en')}.`);
      expect(problems[field]).toContain(field === 'learningRate' ? 'greater than 0' : `${least}`);
    }
  });
});

it('does not call a rate that TensorFlow takes for 0 one that is not greater than 0', () => {
  expect(problemsOf(withValue('learningRate', 1e-40)).learningRate).toBe(
    'The smallest is 1.18e-38: less is 0 to TensorFlow.',
  );
});
