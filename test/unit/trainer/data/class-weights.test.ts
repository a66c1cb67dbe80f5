import fc from 'fast-check';
import { expect, it } from 'vitest';
import { balancedWeights, classWeights } from '../../../../main/trainer/data/class-weights.ts';
import { makeLabels } from '../../../../main/trainer/data/examples.ts';
import { seedRun } from '../../../../shared/presets.ts';

it('balanced weights are as scikit-learn computes them; a class without examples has none', () => {
  // compute_class_weight('balanced', classes=[0, 1, 3], y=[0, 0, 0, 0, 0, 1, 1, 3])
  const labels = Uint8Array.of(0, 0, 0, 0, 0, 1, 1, 3);
  expect(balancedWeights(labels, 4)).toEqual([8 / 15, 8 / 6, 0, 8 / 3]);
});

it('are asked for by the run alone', () => {
  const run = seedRun();
  const balanced = { ...run, training: { ...run.training, classWeights: 'balanced' as const } };
  expect(classWeights(run, Uint8Array.of(0, 1, 1), 2)).toBeNull();
  expect(classWeights(balanced, Uint8Array.of(0, 1, 1), 2)).toEqual([1.5, 0.75]);
});

it('every class that has examples weighs the same, and all examples together as many as they are', () => {
  const anyLabels = fc.array(fc.nat(299), { minLength: 1, maxLength: 500 });
  fc.assert(
    fc.property(anyLabels, (numbers) => {
      const labels = makeLabels(numbers.length, 300);
      labels.set(numbers);
      const weights = balancedWeights(labels, 300);
      const perClass = new Map<number, number>();
      for (const label of numbers)
        perClass.set(label, (perClass.get(label) ?? 0) + weights[label]!);
      for (const sum of perClass.values())
        expect(sum).toBeCloseTo(numbers.length / perClass.size, 6);
      weights.forEach((weight, k) => {
        expect(weight > 0).toBe(perClass.has(k));
      });
    }),
  );
});
