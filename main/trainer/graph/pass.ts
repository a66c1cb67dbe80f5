import type { DType, GraphBuilder, Tensor } from './builder.ts';
import type { RandomPool } from './dropout-mask.ts';
import type { Layout } from './layout.ts';
import type { Variable, VariableAccess } from './variables.ts';

/** One walk of a shard of the batch through the network: what its layers share, and where their gradients are gathered. */
export interface Pass {
  readonly g: GraphBuilder;
  readonly variables: VariableAccess;
  /** Type of convolutions, products and what lies between them; weights and updates are float32. */
  readonly compute: DType;
  /** True: dropout drops, batch normalisation uses the batch's statistics. */
  readonly training: boolean;
  readonly seed: number;
  /** Steps done before this one, int32 scalar. */
  readonly step: Tensor;
  /** Examples in the whole batch, int32 scalar; where it is laid out otherwise, those that fill it up as well. */
  readonly examples: Tensor;
  readonly layout: Layout;
  /** Before the names of its nodes. */
  readonly scope: string;
  /** Which of the layout's shards. */
  readonly shard: number;
  /** Probability of dropping, float32 scalar for each dropout of the network in turn. */
  readonly dropRates: readonly Tensor[];
  /** What dropout masks are made from. */
  readonly pool: RandomPool;
  /** What the shards add to the gradient of the loss with respect to each variable. Filled by `backward`. */
  readonly gradients: Map<Variable, Tensor[]>;
  /** What the shards gave a dense layer, by its weights. */
  readonly denseInputs: Map<Variable, Tensor[]>;
  /** Other changes that a training step makes, to running statistics. Each is made once what it is given has run. */
  readonly updates: Map<Variable, (after: readonly Tensor[]) => Tensor>;
  /** What each variable was read as, and as what it takes part in the arithmetic. */
  readonly reads: Map<Variable, Tensor>;
  readonly operands: Map<Variable, Tensor>;
  /** What the network's first step gave each shard. */
  readonly firstOutputs: Tensor[];
  /** Of each dropout, for the shards in turn. */
  readonly masks: Map<number, Tensor[]>;
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
export type Common = Omit<Pass, 'training' | 'layout' | 'scope' | 'shard' | keyof Gathering>;
type Gathering = Pick<
  Pass,
  | 'gradients'
  | 'denseInputs'
  | 'updates'
  | 'reads'
  | 'operands'
  | 'firstOutputs'
  | 'masks'
  | 'watched'
>;

/** What a walk gathers on its way, nothing yet. */
export const newGathering = (): Gathering => ({
  gradients: new Map(),
  denseInputs: new Map(),
  updates: new Map(),
  reads: new Map(),
  operands: new Map(),
  firstOutputs: [],
  masks: new Map(),
  watched: [],
});

/** What `key` stands for; made for the first shard that asks. */
export function once<K>(made: Map<K, Tensor>, key: K, make: () => Tensor): Tensor {
  const value = made.get(key) ?? make();
  made.set(key, value);
  return value;
}

/** A variable's value, float32. */
export const read = (pass: Pass, variable: Variable): Tensor =>
  once(pass.reads, variable, () => pass.variables.read(variable));

/** Adds to what the shards before have left for a key. */
export function gather<K, V>(gathered: Map<K, V[]>, key: K, value: V): void {
  gathered.set(key, [...(gathered.get(key) ?? []), value]);
}

/** Adds a shard's part to a variable's gradient, float32 or in `compute`. */
export const contribute = ({ gradients }: Pass, variable: Variable, part: Tensor): void => {
  gather(gradients, variable, part);
};

/** What a layer made, and its backward rule. */
export interface Differentiable {
  readonly output: Tensor;
  /** Where dropout is joined to a ReLU: what the ReLU gave. */
  readonly relu?: Tensor;
  /** @param gradient of the loss with respect to the output. @returns that with respect to the input */
  backward(gradient: Tensor): Tensor;
}

/** What a layer made of one shard, where all shards go back together. */
export interface JointlyDifferentiable {
  readonly output: Tensor;
  /** @param gradients of the loss with respect to each shard's output. @returns those with respect to each one's input */
  backwardTogether(gradients: readonly Tensor[]): Tensor[];
}
