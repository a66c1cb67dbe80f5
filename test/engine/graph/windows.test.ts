import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayerOf, Precision } from '../../../shared/config.ts';
import { elementCount, networkShape, type NetworkShape } from '../../../shared/network-shape.ts';
import { slideOver } from '../../../shared/sliding.ts';
import { DType } from '../../../main/trainer/graph/builder.ts';
import { paysAsConvolution } from '../../../main/trainer/graph/layers/filter-gradient.ts';
import { layoutOf } from '../../../main/trainer/graph/layout.ts';
import { FailureError } from '../../../shared/ipc.ts';
import { allowsSideBySide } from '../../support/side-by-side.ts';
import { compiledWindows, type WindowCase } from '../../support/compiled-windows.ts';
import { relativeError } from '../../support/gradients.ts';
import {
  convolutionGradients,
  plainConvolution,
  plainPooling,
  poolingGradient,
  windowOf,
  type ImageSize,
} from '../../support/plain-windows.ts';
import { convolution, pooling } from '../../support/random-layers.ts';
import { dense, flatten } from '../../support/networks.ts';

/**
 * Convolution and pooling of random small shapes, forward and backward, against loops over plain numbers. tfjs's own ops would not
 * do: they share the kernels, and oneDNN's go wrong where a window that is not moved along an axis has a stride there.
 */
const TOLERANCE: Record<Precision, number> = { float32: 1e-5, bfloat16: 0.03 };
const A_GRAPH = 100;
const GRAPHS = 6;

type Layer = LayerOf<'convolution'> | LayerOf<'pooling'>;

/** Whole numbers that bfloat16 holds exactly; of equal ones in a window the first is the largest, as in TensorFlow. */
function numbers(count: number, seed: number): Float32Array {
  let state = seed * 7919 + 1;
  return Float32Array.from({ length: count }, () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return ((state >> 8) % 255) - 127;
  });
}

function caseOf(
  layer: Layer,
  input: [number, number, number],
  most: number,
  seed: number,
): WindowCase | null {
  let network: NetworkShape;
  try {
    network = networkShape([layer, flatten, dense(10)], input, 10);
  } catch (error) {
    if (error instanceof FailureError) return null;
    throw error;
  }
  const [shape] = network.layers;
  if (!shape) return null;
  const batch = 2 * most;
  // Pooling by itself would be left as it is: there is no gain in it.
  const laid = layoutOf(network, batch, { shards: 1, sideBySide: most });
  const sideBySide = layer.type === 'pooling' ? most : laid.sideBySide;
  const weights =
    layer.type === 'convolution' ? elementCount(layer.kernel) * input[2] * layer.filters : 0;
  return {
    layer,
    shape,
    batch,
    sideBySide,
    x: numbers(batch * elementCount(input), seed),
    w: numbers(weights, seed + 1),
    dy: numbers(batch * elementCount(shape.output), seed + 2),
  };
}

function expected({ layer, shape, batch, x, w, dy }: WindowCase): Record<string, Float64Array> {
  const window = windowOf(layer, shape.input as ImageSize, batch);
  return layer.type === 'convolution'
    ? { y: plainConvolution(window, x, w), ...convolutionGradients(window, x, w, dy) }
    : {
        y: plainPooling(layer.kind, window, x),
        dx: poolingGradient(layer.kind, window, x, dy),
      };
}

async function wrongOnes(cases: WindowCase[], precision: Precision): Promise<string[]> {
  const answers = await compiledWindows(cases, precision);
  return cases.flatMap((one, k) =>
    Object.entries(expected(one)).flatMap(([name, values]) => {
      const error = relativeError(answers[k]![name]!, values);
      if (error < TOLERANCE[precision]) return [];
      return [`${name} of ${JSON.stringify(one.layer)} on ${one.shape.input.join('×')}: ${error}`];
    }),
  );
}

/** bfloat16 is given no negative numbers: where they cancel out, its eight bits leave an error of any size. */
const asGiven = (one: WindowCase, precision: Precision): WindowCase =>
  precision === 'float32'
    ? one
    : { ...one, x: one.x.map(Math.abs), w: one.w.map(Math.abs), dy: one.dy.map(Math.abs) };

/** Such as images side by side are computed with. */
const sliding = convolution.map((one) => ({
  ...one,
  kernel: [one.kernel[0], one.kernel[1] | 1] as [number, number],
  stride: [1, 1] as [number, number],
  padding: typeof one.padding === 'string' ? one.padding : 'same',
}));
const side = fc.oneof(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 8 }));
const image = fc.tuple(side, side, fc.integer({ min: 1, max: 3 }));
/** TensorFlow 2.9 goes wrong on these in bfloat16 only now and then, by what else it computes at the time. */
const points = convolution.map((one) => ({ ...one, kernel: [1, 1] as [number, number] }));
const mostIn = (precision: Precision) =>
  allowsSideBySide[precision] ? fc.constantFrom(1, 2, 4, 8) : fc.constant(1);

/** Whose filters' gradient may be found by a convolution. */
const gliding = convolution.map((one) => ({ ...one, stride: [1, 1] as [number, number] }));
const manyChannels = (longest: number) => {
  const length = fc.integer({ min: 3, max: longest });
  return fc.tuple(length, length, fc.constantFrom(4, 8));
};

const byConvolution = (
  { layer, shape: { input, output } }: WindowCase,
  precision: Precision,
): boolean =>
  layer.type === 'convolution' &&
  paysAsConvolution({
    type: DType[precision],
    weights: [...layer.kernel, input[2] ?? 1, layer.filters],
    stride: layer.stride,
    output: [output[0], output[1] ?? 1],
  });

/** Whether the last rows or columns of an image are in no window. */
const leavesOut = ({ layer, shape: { input } }: WindowCase): boolean =>
  input.length === 3 && slideOver(layer, input).some(({ unseen }) => unseen > 0);

/**
 * Compares graphs of such layers.
 * @returns how many layers that were, and how many of them were of which kind
 */
async function compare(
  layer: fc.Arbitrary<Layer>,
  precision: Precision,
  images: fc.Arbitrary<[number, number, number]> = image,
): Promise<Record<'count' | 'sideBySide' | 'byConvolution' | 'leavingOut', number>> {
  const counts = { count: 0, sideBySide: 0, byConvolution: 0, leavingOut: 0 };
  const graph = fc.array(fc.tuple(layer, images, mostIn(precision)), {
    minLength: A_GRAPH,
    maxLength: A_GRAPH,
  });
  await fc.assert(
    fc.asyncProperty(graph, async (drawn) => {
      const possible = drawn.flatMap((one, k) => caseOf(...one, k) ?? []);
      counts.count += possible.length;
      counts.sideBySide += possible.filter((one) => one.sideBySide > 1).length;
      counts.byConvolution += possible.filter((one) => byConvolution(one, precision)).length;
      counts.leavingOut += possible.filter(leavesOut).length;
      const given = possible.map((one) => asGiven(one, precision));
      expect(await wrongOnes(given, precision)).toEqual([]);
    }),
    { numRuns: GRAPHS, endOnFailure: true },
  );
  return counts;
}

it.each(['float32', 'bfloat16'] as const)('windows in %s', async (precision) => {
  const { count, sideBySide } = await compare(fc.oneof(convolution, sliding, pooling), precision);
  expect(count).toBeGreaterThan((A_GRAPH * GRAPHS) / 2);
  if (allowsSideBySide[precision]) expect(sideBySide).toBeGreaterThan(count / 3);
});

/** Each of whose strides may leave a rest; of a pooling also with images side by side. */
const leaving = fc.oneof(
  fc.tuple(convolution, fc.boolean()).map(([one, isValid]) => ({
    ...one,
    padding: isValid || typeof one.padding === 'string' ? ('valid' as const) : one.padding,
  })),
  pooling.map((one) => ({ ...one, padding: 'valid' as const })),
);
const largerSide = fc.integer({ min: 4, max: 9 });
const largerImage = fc.tuple(largerSide, largerSide, fc.integer({ min: 1, max: 3 }));

it.each(['float32', 'bfloat16'] as const)(
  'windows that leave out the last rows and columns in %s',
  async (precision) => {
    const { count, leavingOut, sideBySide } = await compare(leaving, precision, largerImage);
    expect(leavingOut).toBeGreaterThan(count / 3);
    if (allowsSideBySide[precision]) expect(sideBySide).toBeGreaterThan(count / 5);
  },
);

it.each(['float32', 'bfloat16'] as const)('windows of one pixel in %s', async (precision) => {
  const { count } = await compare(points, precision);
  expect(count).toBeGreaterThan((A_GRAPH * GRAPHS) / 2);
});

describe.each([
  ['float32', 8],
  ['bfloat16', 15],
] as const)('in %s', (precision, longest) => {
  // Without AVX-512 TensorFlow also adds up in bfloat16, and so many terms are an error of a twentieth.
  it.runIf(allowsSideBySide[precision])('filter gradients by a convolution', async () => {
    const found = await compare(fc.oneof(gliding, sliding), precision, manyChannels(longest));
    expect(found.byConvolution).toBeGreaterThan((A_GRAPH * GRAPHS) / 3);
    expect(found.sideBySide).toBeGreaterThan(found.count / 5);
  });
});
