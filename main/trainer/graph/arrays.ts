import { attribute, DType, type GraphBuilder, type Tensor } from './builder.ts';
import { cast } from './ops.ts';

/** TensorFlow's ops that rearrange numbers without changing them, as functions. Shapes are TensorFlow's own, batch first. */

const T = (x: Tensor) => ({ T: attribute.type(x.type) });

const asIntegers = (g: GraphBuilder, values: Tensor | readonly number[]): Tensor =>
  'name' in values ? values : g.ints(values);

export const reshape = (g: GraphBuilder, x: Tensor, dims: Tensor | readonly number[]): Tensor =>
  g.op('Reshape', x.type, [x, asIntegers(g, dims)], {
    ...T(x),
    Tshape: attribute.type(DType.int32),
  });

/**
 * Shape of x as int32 [rank].
 * @param after nodes that must have run before
 */
export const shapeOf = (g: GraphBuilder, x: Tensor, after: readonly Tensor[] = []): Tensor =>
  g.op('Shape', DType.int32, [x], { ...T(x), out_type: attribute.type(DType.int32) }, { after });

/** Stacks tensors of one shape along a new first axis: scalars -> [count], rows -> [count, …]. */
export const pack = (g: GraphBuilder, scalars: readonly Tensor[], type: DType): Tensor =>
  g.op('Pack', type, scalars, {
    N: attribute.int(scalars.length),
    T: attribute.type(type),
    axis: attribute.int(0),
  });

/** Takes a tensor apart along its first axis, which has `count` entries: a row -> `count` scalars. */
export function unpack(g: GraphBuilder, row: Tensor, count: number): Tensor[] {
  const first = g.op('Unpack', row.type, [row], {
    num: attribute.int(count),
    ...T(row),
    axis: attribute.int(0),
  });
  return Array.from({ length: count }, (_, k) => (k === 0 ? first : g.output(first, k, row.type)));
}

export const fill = (g: GraphBuilder, dims: readonly number[], value: Tensor): Tensor =>
  g.op('Fill', value.type, [g.ints(dims), value], {
    ...T(value),
    index_type: attribute.type(DType.int32),
  });

/** Repeats x along each axis, `times` giving how often for each axis in turn. */
export const tile = (g: GraphBuilder, x: Tensor, times: readonly number[]): Tensor =>
  g.op('Tile', x.type, [x, g.ints(times)], { ...T(x), Tmultiples: attribute.type(DType.int32) });

/** Reorders the axes: axis k of the result is axis `order[k]` of x. */
export const transpose = (g: GraphBuilder, x: Tensor, order: readonly number[]): Tensor =>
  g.op('Transpose', x.type, [x, g.ints(order)], { ...T(x), Tperm: attribute.type(DType.int32) });

/** The rows of x whose numbers `rows` holds, int32 of any shape. */
export const gatherRows = (g: GraphBuilder, x: Tensor, rows: Tensor): Tensor =>
  g.op('GatherV2', x.type, [x, rows, g.int(0)], {
    Tparams: attribute.type(x.type),
    Tindices: attribute.type(DType.int32),
    Taxis: attribute.type(DType.int32),
  });

/**
 * 0, 1, … count − 1, int32 [count].
 * @param count int32 scalar
 */
export const range = (g: GraphBuilder, count: Tensor): Tensor =>
  g.op('Range', DType.int32, [g.int(0), count, g.int(1)], { Tidx: attribute.type(DType.int32) });

export const slice = (
  g: GraphBuilder,
  x: Tensor,
  begin: Tensor | readonly number[],
  size: Tensor | readonly number[],
): Tensor =>
  g.op('Slice', x.type, [x, asIntegers(g, begin), asIntegers(g, size)], {
    ...T(x),
    Index: attribute.type(DType.int32),
  });

/**
 * Puts zeros around x, `zeros` giving their numbers before and after along each axis in turn. The op is PadV2: TensorFlow would fuse a Pad
 * with a convolution after it and make it that convolution's own padding.
 */
export const pad = (g: GraphBuilder, x: Tensor, zeros: Tensor | readonly number[]): Tensor =>
  g.op(
    'PadV2',
    x.type,
    [x, reshape(g, asIntegers(g, zeros), [-1, 2]), cast(g, g.float(0), x.type)],
    {
      ...T(x),
      Tpaddings: attribute.type(DType.int32),
    },
  );

/** Attributes of a strided slice that covers every axis from end to end. */
const wholeAxes = (x: Tensor, axes: number) => ({
  ...T(x),
  Index: attribute.type(DType.int32),
  begin_mask: attribute.int(2 ** axes - 1),
  end_mask: attribute.int(2 ** axes - 1),
});

/** The first entry along each axis and every nth after it, with an n for each axis. */
export function everyNth(g: GraphBuilder, x: Tensor, n: readonly number[]): Tensor {
  const ends = g.ints(n.map(() => 0));
  return g.op('StridedSlice', x.type, [x, ends, ends, g.ints(n)], wholeAxes(x, n.length));
}

/** The inverse of `everyNth`: spreads x over zeros of `shape`. */
export function spreadEveryNth(
  g: GraphBuilder,
  x: Tensor,
  n: readonly number[],
  shape: Tensor,
): Tensor {
  const ends = g.ints(n.map(() => 0));
  const inputs = [shape, ends, ends, g.ints(n), x];
  return g.op('StridedSliceGrad', x.type, inputs, wholeAxes(x, n.length));
}

/**
 * Concatenates along the first axis, [N₁, …], [N₂, …], … -> [N₁ + N₂ + …, …].
 * @throws Error when there are none
 */
export function concat(g: GraphBuilder, rows: readonly Tensor[]): Tensor {
  const [first] = rows;
  if (!first) throw new Error('nothing to put together');
  if (rows.length === 1) return first;
  return g.op('ConcatV2', first.type, [...rows, g.int(0)], {
    ...T(first),
    N: attribute.int(rows.length),
    Tidx: attribute.type(DType.int32),
  });
}

/** All numbers of some tensors in one row; null where there are none. */
export const inOneRow = (g: GraphBuilder, tensors: readonly Tensor[]): Tensor | null =>
  tensors.length === 0
    ? null
    : concat(
        g,
        tensors.map((tensor) => reshape(g, tensor, [-1])),
      );

/** Splits the rows into equal parts, in their order: [N, …] -> `count` times [N / count, …]. */
export function split(g: GraphBuilder, x: Tensor, count: number): Tensor[] {
  if (count === 1) return [x];
  const first = g.op('Split', x.type, [g.int(0), x], {
    ...T(x),
    num_split: attribute.int(count),
  });
  return Array.from({ length: count }, (_, k) => (k === 0 ? first : g.output(first, k, x.type)));
}

/**
 * Splits the rows into parts of any sizes, in their order: [N, …] -> [n₁, …], [n₂, …], …
 * @param sizes n₁, n₂, …, int32 scalars
 */
export function splitBySizes(g: GraphBuilder, x: Tensor, sizes: readonly Tensor[]): Tensor[] {
  const first = g.op('SplitV', x.type, [x, pack(g, sizes, DType.int32), g.int(0)], {
    ...T(x),
    num_split: attribute.int(sizes.length),
    Tlen: attribute.type(DType.int32),
  });
  return sizes.map((_, k) => (k === 0 ? first : g.output(first, k, x.type)));
}

export const oneHot = (
  g: GraphBuilder,
  labels: Tensor,
  depth: number,
  on: Tensor,
  off: Tensor,
): Tensor =>
  g.op('OneHot', on.type, [labels, g.int(depth), on, off], {
    T: attribute.type(on.type),
    TI: attribute.type(labels.type),
    axis: attribute.int(-1),
  });

/** Reads the same bytes as numbers of another type; smaller numbers add a last axis, larger ones take it away. */
export const bitcast = (g: GraphBuilder, x: Tensor, type: DType): Tensor =>
  x.type === type ? x : g.op('Bitcast', type, [x], { ...T(x), type: attribute.type(type) });

/** Reads a string of raw bytes as numbers [count], uint8 by default; two-byte numbers have their lower byte first. */
export const decodeBytes = (g: GraphBuilder, bytes: Tensor, type: DType = DType.uint8): Tensor =>
  g.op('DecodeRaw', type, [bytes], {
    out_type: attribute.type(type),
    little_endian: attribute.bool(true),
  });
