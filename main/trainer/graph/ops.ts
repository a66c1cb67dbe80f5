import { attribute, DType, type GraphBuilder, type Tensor } from './builder.ts';

/** TensorFlow's ops as functions, each with just the attributes it needs. Shapes are TensorFlow's own, batch first. */

const T = (x: Tensor) => ({ T: attribute.type(x.type) });

type Unary =
  | 'Relu'
  | 'Elu'
  | 'Selu'
  | 'Sigmoid'
  | 'Tanh'
  | 'Erf'
  | 'Exp'
  | 'Square'
  | 'Sqrt'
  | 'Rsqrt'
  | 'Neg'
  | 'Floor'
  | 'Cos'
  | 'Sin'
  | 'Softmax'
  | 'IsFinite'
  | 'L2Loss';
type Binary =
  | 'AddV2'
  | 'Sub'
  | 'Mul'
  | 'RealDiv'
  | 'DivNoNan'
  | 'Maximum'
  | 'Minimum'
  | 'Pow'
  | 'FloorDiv'
  | 'FloorMod'
  | 'ReluGrad'
  | 'EluGrad'
  | 'SeluGrad'
  | 'SigmoidGrad'
  | 'TanhGrad';
type Comparison = 'Equal' | 'GreaterEqual' | 'Less';

export const unary = (g: GraphBuilder, op: Unary, x: Tensor): Tensor =>
  g.op(op, op === 'IsFinite' ? DType.bool : x.type, [x], T(x));
export const binary = (g: GraphBuilder, op: Binary, a: Tensor, b: Tensor): Tensor =>
  g.op(op, a.type, [a, b], T(a));
export const compare = (g: GraphBuilder, op: Comparison, a: Tensor, b: Tensor): Tensor =>
  g.op(op, DType.bool, [a, b], T(a));

export const add = (g: GraphBuilder, a: Tensor, b: Tensor): Tensor => binary(g, 'AddV2', a, b);
export const multiply = (g: GraphBuilder, a: Tensor, b: Tensor): Tensor => binary(g, 'Mul', a, b);

/** x times a constant, in x's type. */
export const scale = (g: GraphBuilder, x: Tensor, factor: number): Tensor =>
  factor === 1 ? x : multiply(g, x, cast(g, g.float(factor), x.type));

export const addN = (g: GraphBuilder, terms: readonly Tensor[], type: DType): Tensor =>
  g.op('AddN', type, terms, { N: attribute.int(terms.length), T: attribute.type(type) });

/** Of some tensors of one shape. @throws Error when there are none */
export function sum(g: GraphBuilder, terms: readonly Tensor[]): Tensor {
  const [first] = terms;
  if (!first) throw new Error('nothing to add up');
  return terms.length === 1 ? first : addN(g, terms, first.type);
}

export function cast(g: GraphBuilder, x: Tensor, type: DType): Tensor {
  if (x.type === type) return x;
  return g.op('Cast', type, [x], { SrcT: attribute.type(x.type), DstT: attribute.type(type) });
}

export const matmul = (
  g: GraphBuilder,
  a: Tensor,
  b: Tensor,
  options: { a?: boolean; b?: boolean; after?: readonly Tensor[] } = {},
): Tensor =>
  g.op(
    'MatMul',
    a.type,
    [a, b],
    {
      ...T(a),
      transpose_a: attribute.bool(options.a ?? false),
      transpose_b: attribute.bool(options.b ?? false),
    },
    { after: options.after ?? [] },
  );

const numbers = (g: GraphBuilder, values: Tensor | readonly number[]): Tensor =>
  'name' in values ? values : g.ints(values);

export const reshape = (g: GraphBuilder, x: Tensor, dims: Tensor | readonly number[]): Tensor =>
  g.op('Reshape', x.type, [x, numbers(g, dims)], {
    ...T(x),
    Tshape: attribute.type(DType.int32),
  });

/** Shape of x as int32 [rank]. */
export const shapeOf = (g: GraphBuilder, x: Tensor): Tensor =>
  g.op('Shape', DType.int32, [x], { ...T(x), out_type: attribute.type(DType.int32) });

/** Scalars packed into a row. */
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

type Reduction = 'Sum' | 'Mean' | 'Max';
export const reduce = (
  g: GraphBuilder,
  op: Reduction,
  x: Tensor,
  axes: readonly number[],
  keep = false,
): Tensor =>
  g.op(op, x.type, [x, g.ints(axes)], {
    ...T(x),
    Tidx: attribute.type(DType.int32),
    keep_dims: attribute.bool(keep),
  });

/** Index of the largest value along the last of two axes, int32. */
export const argmax = (g: GraphBuilder, x: Tensor): Tensor =>
  g.op('ArgMax', DType.int32, [x, g.int(1)], {
    ...T(x),
    Tidx: attribute.type(DType.int32),
    output_type: attribute.type(DType.int32),
  });

export const fill = (g: GraphBuilder, dims: readonly number[], value: Tensor): Tensor =>
  g.op('Fill', value.type, [g.ints(dims), value], {
    ...T(value),
    index_type: attribute.type(DType.int32),
  });

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

/** 0, 1, … up to `count`, int32. @param count int32 scalar */
export const range = (g: GraphBuilder, count: Tensor): Tensor =>
  g.op('Range', DType.int32, [g.int(0), count, g.int(1)], { Tidx: attribute.type(DType.int32) });

export const slice = (
  g: GraphBuilder,
  x: Tensor,
  begin: Tensor | readonly number[],
  size: Tensor | readonly number[],
): Tensor =>
  g.op('Slice', x.type, [x, numbers(g, begin), numbers(g, size)], {
    ...T(x),
    Index: attribute.type(DType.int32),
  });

/**
 * Zeros around x: before and after along each axis in turn. By PadV2, for TensorFlow would join a Pad to a convolution after it,
 * whose own padding it then is.
 */
export const pad = (g: GraphBuilder, x: Tensor, zeros: Tensor | readonly number[]): Tensor =>
  g.op('PadV2', x.type, [x, reshape(g, numbers(g, zeros), [-1, 2]), cast(g, g.float(0), x.type)], {
    ...T(x),
    Tpaddings: attribute.type(DType.int32),
  });

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
export function spread(g: GraphBuilder, x: Tensor, n: readonly number[], shape: Tensor): Tensor {
  const ends = g.ints(n.map(() => 0));
  const inputs = [shape, ends, ends, g.ints(n), x];
  return g.op('StridedSliceGrad', x.type, inputs, wholeAxes(x, n.length));
}

/** Rows one after the other. @throws Error when there are none */
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

/** Rows in `count` equal parts, one after the other. */
export function split(g: GraphBuilder, x: Tensor, count: number): Tensor[] {
  if (count === 1) return [x];
  const first = g.op('Split', x.type, [g.int(0), x], {
    ...T(x),
    num_split: attribute.int(count),
  });
  return Array.from({ length: count }, (_, k) => (k === 0 ? first : g.output(first, k, x.type)));
}

/** `yes` where `condition` holds, else `no`. */
export const select = (g: GraphBuilder, condition: Tensor, yes: Tensor, no: Tensor): Tensor =>
  g.op('SelectV2', yes.type, [condition, yes, no], T(yes));

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

/** One where all of x is finite, else zero, float32 scalar. @param rank of x */
export function allFinite(g: GraphBuilder, x: Tensor, rank: number): Tensor {
  const axes = g.ints(Array.from({ length: rank }, (_, axis) => axis));
  const all = g.op('All', DType.bool, [unary(g, 'IsFinite', x), axes], {
    Tidx: attribute.type(DType.int32),
    keep_dims: attribute.bool(false),
  });
  return cast(g, all, DType.float32);
}

/** The same value; where it is not finite, the run ends here with an error that holds `message`. */
export const checkNumerics = (g: GraphBuilder, x: Tensor, message: string): Tensor =>
  g.op('CheckNumerics', x.type, [x], { ...T(x), message: attribute.string(message) });

/** Norm of some tensors together, float32 scalar. */
export const jointNorm = (g: GraphBuilder, tensors: readonly Tensor[]): Tensor => {
  const halves = tensors.map((x) => unary(g, 'L2Loss', x));
  return unary(g, 'Sqrt', scale(g, addN(g, halves, DType.float32), 2));
};

/** A string of raw bytes as uint8 [count]. */
export const decodeBytes = (g: GraphBuilder, bytes: Tensor): Tensor =>
  g.op('DecodeRaw', DType.uint8, [bytes], {
    out_type: attribute.type(DType.uint8),
    little_endian: attribute.bool(true),
  });

/** The same value, once everything in `after` has run: a signature must fetch something. */
export const identity = (g: GraphBuilder, x: Tensor, after: readonly Tensor[] = []): Tensor =>
  g.op('Identity', x.type, [x], T(x), { after });

/** Fetchable sign that everything in `after` has run. */
export const done = (g: GraphBuilder, after: readonly Tensor[]): Tensor =>
  g.op(
    'Const',
    DType.int32,
    [],
    {
      dtype: attribute.type(DType.int32),
      value: {
        tensor: {
          dtype: DType.int32,
          tensorShape: { dim: [] },
          tensorContent: Buffer.from(Int32Array.of(1).buffer),
        },
      },
    },
    { after },
  );
