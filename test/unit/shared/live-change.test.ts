import { expect, it } from 'vitest';
import { seedRun } from '../../../shared/presets.ts';
import { changedConfig } from '../../../shared/live-change.ts';

it('too few rates of dropout are refused by saying how many to give', () => {
  expect(() => changedConfig(seedRun(), { dropRates: [0.5] })).toThrow(
    'the network has 4 dropouts, not 1. (dropRates) Give 4 rates, from the first dropout to the last.',
  );
});
