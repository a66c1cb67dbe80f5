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
  /** Examples in the batch, int32 scalar; in a walk through images side by side, those that fill it up as well. */
  readonly examples: Tensor;
  /** Images that lie side by side, as in interleaving.ts; 1: each by itself. */
  readonly sideBySide: number;
  /** Probability of dropping, float32 scalar for each dropout of the network in turn. */
  readonly dropRates: readonly Tensor[];
  /** What dropout masks are made from. */
  readonly pool: RandomPool;
  /** Gradient of the loss with respect to each variable, float32. Filled by `backward`. */
  readonly gradients: Map<Variable, Tensor>;
  /** Other changes that a training step makes: running statistics. Each is made once what it is given has run. */
  readonly updates: ((after: readonly Tensor[]) => Tensor)[];
  /** What each variable was read as. */
  readonly reads: Map<Variable, Tensor>;
  /** What each step of arithmetic gave, in their order. */
  readonly watched: Watched[];
}

/** A step's output, to be looked at when something is wrong, or every so many steps. */
export interface Watched {
  /** Of its layer in the list. */
  index: number;
  output: Tensor;
  /** What its ReLU gave, before any dropout; null where it is none. */
  relu: Tensor | null;
}

/** What all walks through a network share. */
export type Common = Omit<Pass, 'training' | 'sideBySide' | keyof Gathering>;
type Gathering = Pick<Pass, 'gradients' | 'updates' | 'reads' | 'watched'>;

/** What a walk gathers on its way, nothing yet. */
export const newGathering = (): Gathering => ({
  gradients: new Map(),
  updates: [],
  reads: new Map(),
  watched: [],
});

/** A variable's value, float32. */
export function read(pass: Pass, variable: Variable): Tensor {
  const value = pass.variables.read(variable);
  pass.reads.set(variable, value);
  return value;
}

/** What a layer made, and its backward rule. */
export interface Differentiable {
  readonly output: Tensor;
  /** Where dropout is joined to a ReLU: what the ReLU gave. */
  readonly relu?: Tensor;
  /** @param gradient of the loss with respect to the output. @returns that with respect to the input */
  backward(gradient: Tensor): Tensor;
}
