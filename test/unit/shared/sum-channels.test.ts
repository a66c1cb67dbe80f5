import { expect, it } from 'vitest';
import { sumChannels } from '../../../shared/sum-channels.ts';

it('a pixel’s channels are summed, which a drawing changes together', () => {
  const values = Float32Array.of(1, 2, 3, -1, -2, 4);
  expect([...sumChannels(values, 3)]).toEqual([6, 1]);
  expect(sumChannels(values, 1)).toEqual(values);
});
