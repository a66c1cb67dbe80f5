import type { Activation } from '../../../../shared/config.ts';
import { attribute, DType, type GraphBuilder, type Tensor } from '../builder.ts';
import type { Differentiable } from '../differentiable.ts';
import { add, binary, cast, multiply, scale, unary } from '../ops.ts';
import { relu, reluGradient } from '../relu.ts';

/** Slope of leaky ReLU below zero: TensorFlow's own default. */
export const LEAK = 0.2;

/** Whether the activation is monotonic, so that it may trade places with max-pooling. */
export const keepsOrder = (activation: Activation): boolean => activation !== 'gelu';

function leakyRelu(g: GraphBuilder, x: Tensor): Differentiable {
  const attr = { T: attribute.type(x.type), alpha: attribute.float(LEAK) };
  const y = g.op('LeakyRelu', x.type, [x], attr);
  // The gradient op needs only the sign, which y shares with x; if it used x, TensorFlow could not fuse the bias with this op.
  return { output: y, backward: (dy) => g.op('LeakyReluGrad', x.type, [dy, y], attr) };
}

/** x Φ(x), Φ the normal distribution; its derivative is Φ(x) + x φ(x). It is computed in float32: bfloat16 is too coarse for Φ's tails. */
function gelu(g: GraphBuilder, input: Tensor): Differentiable {
  const x = cast(g, input, DType.float32);
  const half = scale(g, add(g, unary(g, 'Erf', scale(g, x, Math.SQRT1_2)), g.float(1)), 0.5);
  return {
    output: cast(g, multiply(g, x, half), input.type),
    backward: (dy) => {
      const density = scale(
        g,
        unary(g, 'Exp', scale(g, unary(g, 'Square', x), -0.5)),
        1 / Math.sqrt(2 * Math.PI),
      );
      const slope = add(g, half, multiply(g, x, density));
      return cast(g, multiply(g, cast(g, dy, DType.float32), slope), input.type);
    },
  };
}

/** A ReLU that TensorFlow fuses with the normalisation before it: one pass instead of two. */
function reluOfNormalized(g: GraphBuilder, x: Tensor): Differentiable {
  const y = unary(g, 'Relu', x);
  return { output: y, backward: (dy) => reluGradient(g, dy, y) };
}

/**
 * y = f(x), where x and y have the same shape, whatever it is.
 * @param normalized whether x comes from TensorFlow's op for batch normalisation
 */
export function forwardActivation(
  g: GraphBuilder,
  activation: Activation,
  x: Tensor,
  normalized: boolean,
): Differentiable {
  switch (activation) {
    case 'none':
      return { output: x, backward: (dy) => dy };
    case 'relu': {
      if (normalized) return reluOfNormalized(g, x);
      const y = relu(g, x);
      return { output: y, backward: (dy) => reluGradient(g, dy, y) };
    }
    case 'elu': {
      const y = unary(g, 'Elu', x);
      return { output: y, backward: (dy) => binary(g, 'EluGrad', dy, y) };
    }
    case 'selu': {
      const y = unary(g, 'Selu', x);
      return { output: y, backward: (dy) => binary(g, 'SeluGrad', dy, y) };
    }
    case 'sigmoid': {
      const y = unary(g, 'Sigmoid', x);
      return { output: y, backward: (dy) => binary(g, 'SigmoidGrad', y, dy) };
    }
    case 'tanh': {
      const y = unary(g, 'Tanh', x);
      return { output: y, backward: (dy) => binary(g, 'TanhGrad', y, dy) };
    }
    case 'leaky-relu':
      return leakyRelu(g, x);
    case 'gelu':
      return gelu(g, x);
  }
}
