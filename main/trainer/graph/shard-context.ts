import type { DType, GraphBuilder, Tensor } from './builder.ts';
import type { RandomPool } from './dropout-mask.ts';
import type { Layout } from './layout.ts';
import type { BatchContext } from './model.ts';
import type { PassAccumulator } from './pass-accumulator.ts';
import type { ShardRows } from './shard-rows.ts';

/** What a layer is given besides its input, to write its forward and backward rule for one shard of the batch. */
export interface ShardContext {
  readonly g: GraphBuilder;
  /** Type of convolutions, products and the values between them; weights, sums and updates are float32. */
  readonly compute: DType;
  /** True: dropout drops, batch normalisation uses the batch's statistics. */
  readonly training: boolean;
  readonly layout: Layout;
  /** How the batch goes into the layout's shards. */
  readonly rows: ShardRows;
  /** Number of this shard, from 0. */
  readonly shard: number;
  /** Goes before the names of the shard's nodes. */
  readonly scope: string;
  readonly random: StepRandom;
  /** What all shards share: variables that are read, gradients that are added up. */
  readonly shared: PassAccumulator;
}

/** What decides which units dropout drops in a step. */
export interface StepRandom {
  /** Of the run. */
  readonly seed: number;
  /** Steps done before this one, int32 scalar. */
  readonly step: Tensor;
  /** N of the whole batch, int32 scalar; it includes examples by which the layout fills the batch up or repeats it. */
  readonly examples: Tensor;
  /** Probability of dropping, float32 scalar for each dropout of the network in turn. */
  readonly dropRates: readonly Tensor[];
  /** What the masks are made from. */
  readonly pool: RandomPool;
}

/**
 * What a batch's dropouts draw from.
 * @param examples N of the batch as it goes through the network, int32 scalar
 */
export const randomOf = ({ model, inputs }: BatchContext, examples: Tensor): StepRandom => ({
  seed: model.config.training.seed,
  step: inputs.step,
  examples,
  dropRates: inputs.dropRates,
  pool: model.pool,
});

/**
 * The tensor of one shard.
 * @param tensors one for each shard
 */
export function ofShard(tensors: readonly Tensor[], shard: number): Tensor {
  const tensor = tensors[shard];
  if (!tensor) throw new Error(`there is nothing of shard ${shard}`);
  return tensor;
}
