import type { Tensor } from './builder.ts';

/** What a layer made of its input x, y = f(x), and its backward rule. */
export interface Differentiable {
  /** y. */
  readonly output: Tensor;
  /** The ReLU's output, where a ReLU is fused with dropout. */
  readonly relu?: Tensor;
  /**
   * Writes the backward pass.
   * @param gradient dy, the gradient of the loss with respect to y, in y's shape
   * @returns dx, the gradient with respect to x, in x's shape
   */
  backward(gradient: Tensor): Tensor;
}

/** The same for one shard, where the backward pass of all shards is written at once. */
export interface JointlyDifferentiable {
  readonly output: Tensor;
  /**
   * @param gradients dy of each shard
   * @returns dx of each shard
   */
  backwardTogether(gradients: readonly Tensor[]): Tensor[];
}

/** A primitive's output over all shards. It is examined at a set interval of steps, and when a number is not finite. */
export interface PrimitiveOutput {
  /** Number of the primitive's layer in the list. */
  index: number;
  output: Tensor;
  /** The ReLU's output before any dropout; null if the primitive has no ReLU. */
  relu: Tensor | null;
}
