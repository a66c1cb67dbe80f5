import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LayerConfig } from '../../../shared/config.ts';
import { walkLayers, type LayerShape } from '../../../shared/network-shape.ts';
import { seedNetwork } from '../../../shared/preset-networks.ts';
import { receptiveSize, receptiveSpans } from '../../../shared/receptive-field.ts';
import { isSlidingLayer } from '../../../shared/sliding.ts';
import { windowOf, type ImageSize } from '../../support/plain-windows.ts';
import { anyLayers, convolution, imageLayers, pooling } from '../../support/random-layers.ts';

type Image = [number, number, number];
type Pixels = ReadonlySet<number>;

const sizesOf = (layers: readonly LayerConfig[], input: Image): [number, number][] => {
  const { shapes } = walkLayers(layers, input);
  return receptiveSpans(shapes, input).map(receptiveSize);
};

const together = (sets: readonly Pixels[]): Pixels => new Set(sets.flatMap((set) => [...set]));

/** Which pixels reach each place of a layer's output, window by window. */
function reachedBy(before: readonly Pixels[], { layer, input }: LayerShape): Pixels[] {
  if (!isSlidingLayer(layer))
    return layer.type === 'dense' || layer.type === 'global-average-pooling'
      ? [together(before)]
      : [...before];
  const { output, size, stride, before: zeros } = windowOf(layer, input as ImageSize, 1);
  const [height, width] = input as ImageSize;
  return Array.from({ length: output[0] * output[1] }, (_, place) => {
    const top = Math.floor(place / output[1]) * stride[0] - zeros[0];
    const left = (place % output[1]) * stride[1] - zeros[1];
    const under: Pixels[] = [];
    for (let row = Math.max(top, 0); row < Math.min(top + size[0], height); row++)
      for (let column = Math.max(left, 0); column < Math.min(left + size[1], width); column++)
        under.push(before[row * width + column]!);
    return together(under);
  });
}

/** From the first of them to the last. */
const extent = (lines: readonly number[]): number =>
  lines.length === 0 ? 0 : Math.max(...lines) - Math.min(...lines) + 1;

it('of the seed network are 3, 4, 8, 10, 18 and 22 pixels wide, and the whole digit', () => {
  const { layers } = seedNetwork();
  const sizes = sizesOf(layers, [28, 28, 1]);
  const told = layers.map(({ type }, k) => `${type} ${sizes[k]!.join('×')}`);
  expect(told.filter((line) => !line.startsWith('dropout'))).toEqual([
    ...['convolution 3×3', 'pooling 4×4', 'convolution 8×8', 'pooling 10×10'],
    ...['convolution 18×18', 'pooling 22×22', 'flatten 22×22', 'dense 28×28', 'dense 28×28'],
  ]);
});

it('are what reaches a unit, pixel by pixel', () => {
  const side = fc.integer({ min: 1, max: 9 });
  let compared = 0;
  fc.assert(
    fc.property(side, side, fc.oneof(imageLayers, anyLayers), (height, width, layers) => {
      const { shapes } = walkLayers(layers, [height, width, 1]);
      const spans = receptiveSpans(shapes, [height, width]);
      let reached: Pixels[] = Array.from({ length: height * width }, (_, at) => new Set([at]));
      for (const [k, shape] of shapes.entries()) {
        reached = reachedBy(reached, shape);
        const patches = reached.map((pixels) => [
          extent([...pixels].map((at) => Math.floor(at / width))),
          extent([...pixels].map((at) => at % width)),
        ]);
        // A unit that sees only padding along one axis sees no pixel at all.
        const seeing = patches.filter(([rows]) => rows !== 0);
        const [rows, columns] = receptiveSize(spans[k]!);
        if (seeing.length === 0) {
          expect(Math.min(rows, columns)).toBe(0);
          continue;
        }
        expect([rows, columns]).toEqual([
          Math.max(...seeing.map(([count]) => count!)),
          Math.max(...seeing.map(([, count]) => count!)),
        ]);
        compared += 1;
      }
    }),
    { numRuns: 500 },
  );
  expect(compared).toBeGreaterThan(500);
});

it('without padding are r = Σ (kₗ − 1)·Πs + 1', () => {
  const valid = fc.array(
    fc.oneof(convolution, pooling).map((layer) => ({ ...layer, padding: 'valid' as const })),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(valid, (layers) => {
      const sizes = sizesOf(layers, [60, 60, 1]);
      for (const axis of [0, 1] as const) {
        let [r, jump] = [1, 1];
        for (const [k, size] of sizes.entries()) {
          const layer = layers[k]!;
          r += ((layer.type === 'convolution' ? layer.kernel : layer.size)[axis] - 1) * jump;
          jump *= layer.stride[axis];
          expect(size[axis]).toBe(r);
        }
      }
    }),
  );
});
