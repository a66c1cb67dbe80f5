import type { DType, GraphBuilder, Tensor } from './builder.ts';
import type { RandomPool } from './dropout-mask.ts';
import type { Variable, Variables } from './variables.ts';

/** One walk through the network: what its layers share, and where their gradients are gathered. */
export interface Pass {
  readonly g: GraphBuilder;
  readonly variables: Variables;
  /** Type of convolutions, products and what lies between them; weights and updates are float32. */
  readonly compute: DType;
  /** True: dropout drops, batch normalisation uses the batch's statistics. */
  readonly training: boolean;
  readonly seed: number;
  /** Steps done before this one, int32 scalar. */
  readonly step: Tensor;
  /** Examples in the batch, int32 scalar. */
  readonly examples: Tensor;
  /** Probability of dropping, float32 scalar for each dropout of the network in turn. */
  readonly dropRates: readonly Tensor[];
  /** What dropout masks are made from. */
  readonly pool: RandomPool;
  /** Gradient of the loss with respect to each variable, float32. Filled by `backward`. */
  readonly gradients: Map<Variable, Tensor>;
  /** Other changes that a training step makes: running statistics. */
  readonly updates: Tensor[];
}

/** What a layer made, and its backward rule. */
export interface Differentiable {
  readonly output: Tensor;
  /** @param gradient of the loss with respect to the output. @returns that with respect to the input */
  backward(gradient: Tensor): Tensor;
}
