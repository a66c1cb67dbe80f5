import fc from 'fast-check';
import type { LayerConfig, LayerOf } from '../../shared/config.ts';
import { activations } from '../../shared/fields/choices.ts';
import { FailureError } from '../../shared/ipc.ts';
import { networkShape } from '../../shared/network-shape.ts';

/** Layers that take an image and give one, with windows and strides that do not always fit. */

const pair = (most: number): fc.Arbitrary<[number, number]> =>
  fc.tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most }));
const zeros = fc.nat(3);

export const convolution: fc.Arbitrary<LayerOf<'convolution'>> = fc.record({
  type: fc.constant('convolution'),
  filters: fc.integer({ min: 1, max: 5 }),
  kernel: pair(5),
  stride: pair(3),
  padding: fc.oneof(
    fc.constantFrom('same' as const, 'valid' as const),
    fc.record({ top: zeros, bottom: zeros, left: zeros, right: zeros }),
  ),
  bias: fc.boolean(),
  activation: fc.constantFrom(...activations),
  start: fc.constantFrom({ type: 'he' } as const, { type: 'glorot' } as const),
});

export const pooling: fc.Arbitrary<LayerOf<'pooling'>> = fc.record({
  type: fc.constant('pooling'),
  kind: fc.constantFrom('max', 'average', 'l2'),
  size: pair(4),
  stride: pair(3),
  padding: fc.constantFrom('same', 'valid'),
});

const dropout: fc.Arbitrary<LayerConfig> = fc.record({
  type: fc.constant('dropout'),
  rate: fc.constantFrom(0, 0.25, 0.5),
});

const normalization: fc.Arbitrary<LayerConfig> = fc.record({
  type: fc.constant('batch-normalization'),
  momentum: fc.constant(0.9),
  epsilon: fc.constant(1e-3),
  activation: fc.constantFrom(...activations),
});

export const imageLayers = fc.array(
  fc.oneof(
    { arbitrary: convolution, weight: 3 },
    { arbitrary: pooling, weight: 2 },
    dropout,
    normalization,
  ),
  { maxLength: 6 },
);

const dense: fc.Arbitrary<LayerOf<'dense'>> = fc.record({
  type: fc.constant('dense'),
  units: fc.constantFrom(1, 7, 10),
  bias: fc.boolean(),
  activation: fc.constantFrom('none', 'none', ...activations),
  start: fc.constant({ type: 'he' } as const),
});

/** Layers of every type in any order: few such lists can be. */
export const anyLayers = fc.array(
  fc.oneof(
    { arbitrary: fc.oneof(convolution, pooling), weight: 3 },
    dropout,
    normalization,
    fc.constantFrom<LayerConfig>({ type: 'flatten' }, { type: 'global-average-pooling' }),
    dense,
  ),
  { maxLength: 7 },
);

/** Whether a layer list can be, on images of one channel and in ten classes. */
export function isPossible(
  layers: readonly LayerConfig[],
  { height, width }: { height: number; width: number },
): boolean {
  try {
    networkShape(layers, [height, width, 1], 10);
    return true;
  } catch (error) {
    if (error instanceof FailureError) return false;
    throw error;
  }
}
