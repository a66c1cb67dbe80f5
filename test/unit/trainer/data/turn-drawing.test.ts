import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lookingLike, withChannels, type Appearance } from '../../../../shared/appearance.ts';
import {
  sizeBeforeTurning,
  turnDrawing,
} from '../../../../main/trainer/data/drawings/turn-drawing.ts';

const look: fc.Arbitrary<Appearance> = fc.record({
  transposed: fc.boolean(),
  mirrored: fc.boolean(),
  flipped: fc.boolean(),
  inverted: fc.boolean(),
});

it('a drawing that looks one way comes to look another way, as if it had been drawn so', () => {
  fc.assert(
    fc.property(look, look, fc.constantFrom(1, 3), (from, to, channels) => {
      const size = { height: 3, width: 5, channels };
      const upright = to.transposed ? { height: 5, width: 3 } : size;
      const drawn = Uint8Array.from({ length: 15 }, (_, k) => 7 * k + 1);
      const kept = withChannels(lookingLike(drawn, upright, from), channels);
      expect([...turnDrawing(kept, size, from, to)]).toEqual([
        ...withChannels(lookingLike(drawn, upright, to), channels),
      ]);
      const before = sizeBeforeTurning(size, from, to);
      const isTurned = from.transposed !== to.transposed;
      expect([before.height, before.width]).toEqual(isTurned ? [5, 3] : [3, 5]);
    }),
  );
});
