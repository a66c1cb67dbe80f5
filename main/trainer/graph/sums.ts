import { attribute, type GraphBuilder, type Tensor } from './builder.ts';
import { pack } from './arrays.ts';
import { reduce, scale, unary } from './ops.ts';

/**
 * Sums of several tensors. TensorFlow's AddN begins with whichever input no other op waits for, which differs from run to run. With two
 * inputs that does not matter; with more it changes the last bits, so that a resumed run would differ from an uninterrupted one.
 */

/**
 * Sum of some tensors of one shape, in their order.
 * @throws Error when there are none
 */
export function sum(g: GraphBuilder, terms: readonly Tensor[]): Tensor {
  const [first] = terms;
  if (!first) throw new Error('nothing to add up');
  if (terms.length === 1) return first;
  if (terms.length > 2) return reduce(g, 'Sum', pack(g, terms, first.type), [0]);
  return g.op('AddN', first.type, terms, {
    N: attribute.int(terms.length),
    T: attribute.type(first.type),
  });
}

/**
 * The joint norm of some tensors, float32 scalar.
 * @throws Error when there are none
 */
export const jointNorm = (g: GraphBuilder, tensors: readonly Tensor[]): Tensor => {
  const halves = tensors.map((x) => unary(g, 'L2Loss', x));
  return unary(g, 'Sqrt', scale(g, sum(g, halves), 2));
};
