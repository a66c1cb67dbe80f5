import type { Precision, RunConfig } from '../../../shared/config.ts';
import { elementCount, type NetworkShape, type ImageShape } from '../../../shared/network-shape.ts';
import { DType, type GraphBuilder } from './builder.ts';
import { makeRandomPool, type RandomPool } from './dropout-mask.ts';
import type { Inputs } from './inputs.ts';
import { filledSize, layoutOf, type Layout } from './layout.ts';
import { lowerNetwork, type Primitive } from './lower.ts';
import type { VariableAccess, Variables } from './variables.ts';
import type { LayerWeights } from './weights.ts';

/** A run's network: what every part of its graph is written from. */
export interface Model {
  readonly g: GraphBuilder;
  readonly config: RunConfig;
  /** Type of convolutions, products and the values between them. */
  readonly compute: DType;
  readonly image: ImageShape;
  /** What each class's training loss is multiplied by; null: all count alike. */
  readonly classWeights: readonly number[] | null;
  /** Its layers as configured, with their shapes. */
  readonly network: NetworkShape;
  /** The variables of each layer. */
  readonly weights: readonly LayerWeights[];
  /** The primitives that the layers are lowered to, in the order of computation. */
  readonly primitives: readonly Primitive[];
  /** The layout of batches in training and evaluation. */
  readonly layout: Layout;
  readonly pool: RandomPool;
}

/** The network over one batch. */
export interface BatchContext {
  readonly model: Model;
  readonly inputs: Inputs;
  /** With several steps in one run of the graph, each reads the variables as the step before leaves them. */
  readonly variables: VariableAccess;
}

/**
 * Decides how the network is computed, and makes the random bytes that dropout uses.
 * @param widest the widest layout that pays on this machine
 */
export function makeModel(
  variables: Variables,
  parts: Pick<Model, 'g' | 'config' | 'image' | 'classWeights' | 'network' | 'weights'>,
  precision: Precision,
  widest: Layout,
): Model {
  const { g, config, network } = parts;
  const { batchSize } = config.data;
  const layout = layoutOf(network, batchSize, widest);
  const mostBytes = largestMask(network) * filledSize(batchSize, layout);
  return {
    ...parts,
    compute: precision === 'bfloat16' ? DType.bfloat16 : DType.float32,
    primitives: lowerNetwork(network),
    layout,
    pool: makeRandomPool(g, variables, config.training.seed, mostBytes),
  };
}

/** Number of units of the largest dropout; a mask has one byte for each. */
const largestMask = ({ layers }: NetworkShape): number =>
  Math.max(
    0,
    ...layers.map(({ layer, output }) => (layer.type === 'dropout' ? elementCount(output) : 0)),
  );
