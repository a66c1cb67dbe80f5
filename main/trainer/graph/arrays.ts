import { attribute, DType, type GraphBuilder, type Tensor } from './builder.ts';
import { cast } from './ops.ts';

/** TensorFlow's ops that move numbers and leave them as they are, as functions. Shapes are TensorFlow's own, batch first. */

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
 * @param after what must have run before
 */
export const shapeOf = (g: GraphBuilder, x: Tensor, after: readonly Tensor[] = []): Tensor =>
  g.op('Shape', DType.int32, [x], { ...T(x), out_type: attribute.type(DType.int32) }, { after });

/** Tensors of one shape put into a row: of scalars [count], of rows [count, …]. */
export const pack = (g: GraphBuilder, scalars: readonly Tensor[], type: DType): Tensor =>
  g.op('Pack', type, scalars, {
    N: attribute.int(scalars.length),
    T: attribute.type(type),
    axis: attribute.int(0),
  });

/** A row taken apart into `count` scalars. */
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

/** x so many times along each axis in turn. */
export const tile = (g: GraphBuilder, x: Tensor, times: readonly number[]): Tensor =>
  g.op('Tile', x.type, [x, g.ints(times)], { ...T(x), Tmultiples: attribute.type(DType.int32) });

/** Axes in another order: the first of the result is the axis of x that `order` names first. */
export const transpose = (g: GraphBuilder, x: Tensor, order: readonly number[]): Tensor =>
  g.op('Transpose', x.type, [x, g.ints(order)], { ...T(x), Tperm: attribute.type(DType.int32) });

/** Rows of x by number, int32 of any shape. */
export const gatherRows = (g: GraphBuilder, x: Tensor, rows: Tensor): Tensor =>
  g.op('GatherV2', x.type, [x, rows, g.int(0)], {
    Tparams: attribute.type(x.type),
    Tindices: attribute.type(DType.int32),
    Taxis: attribute.type(DType.int32),
  });

/**
 * 0, 1, … up to `count`, int32 [count].
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
 * Zeros around x: before and after along each axis in turn. By PadV2, for TensorFlow would join a Pad to a convolution after it,
 * whose own padding it then is.
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

/** Both ends of every axis are left to TensorFlow. */
const wholeAxes = (x: Tensor, axes: number) => ({
  ...T(x),
  Index: attribute.type(DType.int32),
  begin_mask: attribute.int(2 ** axes - 1),
  end_mask: attribute.int(2 ** axes - 1),
});

/** The first along each axis, and from there every nth, n for each axis in turn. */
export function everyNth(g: GraphBuilder, x: Tensor, n: readonly number[]): Tensor {
  const ends = g.ints(n.map(() => 0));
  return g.op('StridedSlice', x.type, [x, ends, ends, g.ints(n)], wholeAxes(x, n.length));
}

/** The way back from `everyNth`: into zeros of `shape`. */
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
 * Rows one after the other, [N₁, …], [N₂, …], … -> [N₁ + N₂ + …, …].
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

/** Rows in equal parts, one after the other: [N, …] -> `count` times [N / count, …]. */
export function split(g: GraphBuilder, x: Tensor, count: number): Tensor[] {
  if (count === 1) return [x];
  const first = g.op('Split', x.type, [g.int(0), x], {
    ...T(x),
    num_split: attribute.int(count),
  });
  return Array.from({ length: count }, (_, k) => (k === 0 ? first : g.output(first, k, x.type)));
}

/**
 * Rows in parts of any sizes, one after the other: [N, …] -> [n₁, …], [n₂, …], …
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

/** The same bytes taken as numbers of another type; where these are smaller or larger, there is one axis more or fewer. */
export const bitcast = (g: GraphBuilder, x: Tensor, type: DType): Tensor =>
  x.type === type ? x : g.op('Bitcast', type, [x], { ...T(x), type: attribute.type(type) });

/** A string of raw bytes as numbers [count], uint8 unless another type is named; of those of two bytes the lower comes first. */
export const decodeBytes = (g: GraphBuilder, bytes: Tensor, type: DType = DType.uint8): Tensor =>
  g.op('DecodeRaw', type, [bytes], {
    out_type: attribute.type(type),
    little_endian: attribute.bool(true),
  });
