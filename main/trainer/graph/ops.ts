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

export const logicalAnd = (g: GraphBuilder, a: Tensor, b: Tensor): Tensor =>
  g.op('LogicalAnd', DType.bool, [a, b]);

/** `yes` where `condition` holds, else `no`. */
export const select = (g: GraphBuilder, condition: Tensor, yes: Tensor, no: Tensor): Tensor =>
  g.op('SelectV2', yes.type, [condition, yes, no], T(yes));

/** −1 where x is below zero, else 1. */
export const signsOf = (g: GraphBuilder, x: Tensor): Tensor =>
  select(g, compare(g, 'Less', x, g.float(0)), g.float(-1), g.float(1));

/**
 * One where all of x is finite, else zero, float32 scalar.
 * @param rank of x
 */
export function allFinite(g: GraphBuilder, x: Tensor, rank: number): Tensor {
  const axes = g.ints(Array.from({ length: rank }, (_, axis) => axis));
  const all = g.op('All', DType.bool, [unary(g, 'IsFinite', x), axes], {
    Tidx: attribute.type(DType.int32),
    keep_dims: attribute.bool(false),
  });
  return cast(g, all, DType.float32);
}

/** Passes x on; if it is not finite, this run of the graph fails, after `after` has run, with an error that contains `message`. */
export const checkNumerics = (
  g: GraphBuilder,
  x: Tensor,
  message: string,
  after: readonly Tensor[] = [],
): Tensor =>
  g.op('CheckNumerics', x.type, [x], { ...T(x), message: attribute.string(message) }, { after });

/** Passes x on once everything in `after` has run: a signature must fetch something. */
export const identity = (g: GraphBuilder, x: Tensor, after: readonly Tensor[] = []): Tensor =>
  g.op('Identity', x.type, [x], T(x), { after });

/** A scalar to fetch, which is ready once everything in `after` has run. */
export const signalDone = (g: GraphBuilder, after: readonly Tensor[]): Tensor =>
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
