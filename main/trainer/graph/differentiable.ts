import type { Tensor } from './builder.ts';

/** What a layer made of its input x, y = f(x), and its backward rule. */
export interface Differentiable {
  /** y. */
  readonly output: Tensor;
  /** Where dropout is joined to a ReLU: what the ReLU gave. */
  readonly relu?: Tensor;
  /**
   * Writes the way back.
   * @param gradient dy of the loss with respect to y, in its shape
   * @returns dx, that with respect to x, in its shape
   */
  backward(gradient: Tensor): Tensor;
}

/** The same of one shard's input, where all shards go back together. */
export interface JointlyDifferentiable {
  readonly output: Tensor;
  /**
   * @param gradients dy of each shard
   * @returns dx of each shard
   */
  backwardTogether(gradients: readonly Tensor[]): Tensor[];
}

/** What a primitive gave, of all shards: looked at when a number is not finite, and every so many steps. */
export interface PrimitiveOutput {
  /** Of the primitive's layer in the list. */
  index: number;
  output: Tensor;
  /** What its ReLU gave, before any dropout; null where it is none. */
  relu: Tensor | null;
}
