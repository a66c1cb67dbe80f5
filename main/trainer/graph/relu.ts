import { DType, type GraphBuilder, type Tensor } from './builder.ts';
import { bitcast, reshape, shapeOf } from './arrays.ts';
import { binary, cast, multiply, unary } from './ops.ts';

/**
 * ReLU and what is masked, on the bits of numbers where these are bfloat16: TensorFlow takes bfloat16 numbers apart one by one, and
 * goes through integers of 16 bits three to five times as fast. As such an integer a number has its sign and, above zero, its
 * order; times 0 or 1 it is zero or itself. So the results are the same to the last bit, but for a NaN with a minus sign, which
 * ReLU takes for a negative number.
 */
const asBits = (g: GraphBuilder, x: Tensor): Tensor =>
  x.type === DType.bfloat16 ? bitcast(g, x, DType.int16) : x;

/** max(x, 0). */
export const relu = (g: GraphBuilder, x: Tensor): Tensor =>
  bitcast(g, unary(g, 'Relu', asBits(g, x)), x.type);

/**
 * dy where y is above zero, else zero; all of one shape.
 * @param y what ReLU gave; some of it may have been set to zero since
 */
export const reluGradient = (g: GraphBuilder, dy: Tensor, y: Tensor): Tensor =>
  onBits(g, dy, y, (a, b) => binary(g, 'ReluGrad', a, b));

/** x where `kept`, bool, else zero. */
export const keepOnly = (g: GraphBuilder, x: Tensor, kept: Tensor): Tensor =>
  onBits(g, x, cast(g, kept, asBits(g, x).type), (a, b) => multiply(g, a, b));

/**
 * An op on the bits of two tensors. TensorFlow writes a result over an input that nothing else needs, and then goes through
 * integers one by one again, as slowly as ever. So both are needed for one thing more: a shape, taken after the op, which the
 * result has already. (Of one input alone TensorFlow would see that it has, and leave it out.)
 */
function onBits(
  g: GraphBuilder,
  x: Tensor,
  y: Tensor,
  make: (x: Tensor, y: Tensor) => Tensor,
): Tensor {
  const made = make(asBits(g, x), asBits(g, y));
  if (x.type !== DType.bfloat16) return made;
  const shape = binary(g, 'Maximum', shapeOf(g, x, [made]), shapeOf(g, y, [made]));
  return bitcast(g, reshape(g, made, shape), x.type);
}
