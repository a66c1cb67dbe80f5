import { DType, type GraphBuilder, type Tensor } from './builder.ts';
import { bitcast, reshape, shapeOf } from './arrays.ts';
import { binary, cast, multiply, unary } from './ops.ts';

/**
 * ReLU and masking. For bfloat16 they work on the bits, read as 16-bit integers: TensorFlow processes bfloat16 numbers one by one, and
 * 16-bit integers three to five times as fast. Such an integer has the number's sign and, above zero, its order; times 0 or 1 it is zero or
 * itself. So the results are the same to the last bit, except that ReLU takes a NaN with a minus sign for a negative number.
 */
const asBits = (g: GraphBuilder, x: Tensor): Tensor =>
  x.type === DType.bfloat16 ? bitcast(g, x, DType.int16) : x;

/** max(x, 0). */
export const relu = (g: GraphBuilder, x: Tensor): Tensor =>
  bitcast(g, unary(g, 'Relu', asBits(g, x)), x.type);

/**
 * dy where y is above zero, else zero; all of one shape.
 * @param y ReLU's output, parts of which may have been set to zero since
 */
export const reluGradient = (g: GraphBuilder, dy: Tensor, y: Tensor): Tensor =>
  onBits(g, dy, y, (a, b) => binary(g, 'ReluGrad', a, b));

/** x where `kept`, bool, else zero. */
export const keepOnly = (g: GraphBuilder, x: Tensor, kept: Tensor): Tensor =>
  onBits(g, x, cast(g, kept, asBits(g, x).type), (a, b) => multiply(g, a, b));

/**
 * An op on the bits of two tensors. TensorFlow writes a result over an input that nothing else needs, and then processes the integers one
 * by one, as slowly as before. So another op uses both inputs: it takes their shape after the op, to which the result is reshaped without
 * effect. (With only one input's shape, TensorFlow would see that it has no effect, and leave it out.)
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
