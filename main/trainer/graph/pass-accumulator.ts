import type { Tensor } from './builder.ts';
import type { Variable, VariableAccess } from './variables.ts';

/**
 * What the shards of one pass through the network share, and what they add up. The layers fill it while they are written; the
 * training step takes out the gradients and the updates.
 */
export class PassAccumulator {
  /** The shards' parts of the gradient of the loss with respect to each variable, float32 or in the type of the computation. */
  readonly gradients = new Map<Variable, Tensor[]>();
  /** New values for variables that the optimizer does not change: running statistics. */
  readonly updates = new Map<Variable, Tensor>();
  /** The value of each variable as it was read, float32. */
  readonly reads = new Map<Variable, Tensor>();
  /** The output of the network's first primitive for each shard. */
  readonly firstOutputs: Tensor[] = [];
  readonly #variables: VariableAccess;
  readonly #operands = new Map<Variable, Tensor>();
  readonly #denseInputs = new Map<Variable, Tensor[]>();
  readonly #masks = new Map<number, readonly Tensor[]>();

  constructor(variables: VariableAccess) {
    this.#variables = variables;
  }

  /** A variable's value, float32, read once for all shards. */
  readVariable(variable: Variable): Tensor {
    return getOrMake(this.reads, variable, () => this.#variables.read(variable));
  }

  /**
   * The tensor by which a variable takes part in the arithmetic, the same for all shards.
   * @param make makes it from the variable's float32 value; called for the first shard that asks
   */
  operandOf(variable: Variable, make: (value: Tensor) => Tensor): Tensor {
    return getOrMake(this.#operands, variable, () => make(this.readVariable(variable)));
  }

  /** The masks of one dropout, one for each shard. */
  masksOf(draw: number, make: () => readonly Tensor[]): readonly Tensor[] {
    return getOrMake(this.#masks, draw, make);
  }

  /** Adds a shard's part to a variable's gradient. */
  addGradient(variable: Variable, part: Tensor): void {
    addTo(this.gradients, variable, part);
  }

  /** Keeps a shard's input x [N/shards, inputs] of a dense layer, whose gradient is taken over all shards at once. */
  addDenseInput(weights: Variable, x: Tensor): void {
    addTo(this.#denseInputs, weights, x);
  }

  /** In the order of the shards. */
  denseInputsOf(weights: Variable): readonly Tensor[] {
    return this.#denseInputs.get(weights) ?? [];
  }
}

function getOrMake<K, V>(made: Map<K, V>, key: K, make: () => V): V {
  const value = made.get(key) ?? make();
  made.set(key, value);
  return value;
}

function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  lists.set(key, [...(lists.get(key) ?? []), value]);
}
