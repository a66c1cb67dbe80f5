import { expect, it } from 'vitest';
import { withSameParts } from '../../../../renderer/state/same-parts.ts';

it('keeps what is equal as the object that it was, and takes what is not', () => {
  const before = { run: { seed: 1, layers: [1, 2] }, step: 3, failure: null };
  const now = withSameParts(before, {
    ...{ run: { seed: 1, layers: [1, 2] }, step: 4 },
    failure: null,
  });
  expect(now).toEqual({ run: { seed: 1, layers: [1, 2] }, step: 4, failure: null });
  expect(now.run).toBe(before.run);
  const other = withSameParts(before, { ...before, run: { seed: 2, layers: [1, 2] } });
  expect(other.run).toEqual({ seed: 2, layers: [1, 2] });
});
