import type { Precision, RunConfig } from '../../../shared/config.ts';
import { elements, networkShape, type NetworkShape } from '../../../shared/network-shape.ts';
import { DType, GraphBuilder } from './builder.ts';
import { restorer } from './checkpoint-ops.ts';
import { finiteness, floatVariables, values } from './reading.ts';
import { savedModel, signatures, type EntryPoint } from './entry-points.ts';
import { makeRandomPool } from './dropout-mask.ts';
import { layersWithRelu, layersWithWeights } from './diagnostics.ts';
import { makeInputs, type ImageShape } from './inputs.ts';
import { SETTINGS } from './settings-order.ts';
import { inspection } from './inspect.ts';
import { filledSize, layoutOf, WIDEST, type Layout } from './layout.ts';
import { lower } from './lower.ts';
import { unpack } from './arrays.ts';
import { cast, done, unary } from './ops.ts';
import {
  evaluation,
  predictedLogits,
  trainingStep,
  type Context,
  type Updated,
} from './training-step.ts';
import { Variables, type Variable } from './variables.ts';
import { learned, makeWeights } from './weights.ts';

/** A network as TensorFlow runs it. */
export interface CompiledGraph {
  /** Bytes of a saved_model.pb. */
  savedModel: Uint8Array;
  /** As `savedModel`, its signatures alone. */
  signatures: Uint8Array;
  /** Names of its signatures. */
  entryPoints: string[];
  /** Names of the variables that `finite` looks at, in its order. */
  floats: string[];
  /** What a checkpoint of it holds. */
  variables: { name: string; shape: readonly number[] }[];
  /** Learned by the optimizer, in the order of the network. */
  weights: { name: string; shape: readonly number[] }[];
  /** Numbers of the layers whose norms `train-and-diagnose` gives, and of those whose dead units. */
  measuredLayers: number[];
  reluLayers: number[];
  /** For each step of arithmetic that `examine` looks at, the number of its layer. */
  outputLayers: number[];
  /** Its layers as configured. */
  network: NetworkShape;
  image: ImageShape;
  /**
   * Shape of the kernels of the first convolution, [height, width, channels, filters]; null where there is none. They see the
   * image's own channels: what may stand before them (dropout, pooling, batch normalisation) keeps these apart.
   */
  filterShape: readonly number[] | null;
}

/**
 * A run's network with its backward pass, optimizer, start and restorer as one TensorFlow graph.
 * @param widest layout that TensorFlow is good at here
 * @throws FailureError when the layers do not fit together
 */
export function compile(
  config: RunConfig,
  precision: Precision,
  image: ImageShape,
  widest: Layout = WIDEST,
): CompiledGraph {
  const g = new GraphBuilder();
  const variables = new Variables(g);
  const { seed } = config.training;
  const { layers } = config.network;
  const shape = networkShape(layers, [image.height, image.width, image.channels], image.classes);
  const dropouts = layers.filter((layer) => layer.type === 'dropout').length;
  const weights = makeWeights(g, variables, shape, seed);
  const globalStep = variables.make('global_step', [], DType.int64, g.long(0));
  const compute = precision === 'bfloat16' ? DType.bfloat16 : DType.float32;
  const inputs = makeInputs(g, image, dropouts, compute);
  const settings = unpack(g, inputs.settings, SETTINGS.length + dropouts);
  const dropRates = settings.slice(SETTINGS.length);
  const layout = layoutOf(shape, config.data.batchSize, widest);
  const mostBytes = largestMask(shape) * filledSize(config.data.batchSize, layout);
  const context: Context = {
    common: {
      g,
      variables,
      compute,
      seed,
      step: inputs.step,
      examples: inputs.examples,
      dropRates,
      pool: makeRandomPool(g, variables, seed, mostBytes),
    },
    config,
    image,
    inputs,
    network: shape,
    weights,
    primitives: lower(shape),
    layout,
  };
  const trained = trainingStep(context, settings, globalStep);
  const probabilities = unary(g, 'Softmax', predictedLogits(context));
  const batch = { images: inputs.images, labels: inputs.labelBytes };
  const training = { ...batch, step: inputs.step, settings: inputs.settings };
  const { unused, images, prefix } = inputs;
  const kernel = weights[layers.findIndex(({ type }) => type === 'convolution')]?.weights;
  const ways = (
    train: string,
    diagnose: string,
    { metrics, diagnostics }: Updated,
  ): Record<string, EntryPoint> => ({
    [train]: { inputs: training, outputs: { metrics } },
    [diagnose]: { inputs: training, outputs: { metrics, ...diagnostics } },
  });
  const entryPoints: Record<string, EntryPoint> = {
    start: {
      inputs: { unused },
      outputs: { done: done(g, [...variables.starts, ...variables.unsaved]) },
    },
    ...ways('train', 'train-and-diagnose', trained.ends.plain),
    ...ways('train-decaying', 'train-decaying-and-diagnose', trained.ends.decaying),
    examine: { inputs: training, outputs: { finite: trained.finite } },
    ...(trained.augmented && {
      augmented: {
        inputs: { images, step: inputs.step },
        outputs: { pixels: trained.augmented },
      },
    }),
    evaluate: { inputs: batch, outputs: evaluation(context) },
    predict: { inputs: { images }, outputs: { probabilities } },
    restore: { inputs: { prefix }, outputs: { done: restorer(g, variables, prefix) } },
    variables: { inputs: { unused }, outputs: values(variables) },
    finite: { inputs: { unused }, outputs: { finite: finiteness(g, variables) } },
    step: {
      inputs: { unused },
      outputs: { step: cast(g, variables.read(globalStep), DType.int32) },
    },
    ...(kernel && {
      filters: { inputs: { unused }, outputs: { values: variables.read(kernel) } },
    }),
    ...inspection(context.common, weights, shape, inputs, probabilities),
  };
  const described = ({ name, shape: dims }: Variable) => ({ name, shape: dims });
  return {
    savedModel: savedModel(g, entryPoints),
    signatures: signatures(entryPoints),
    entryPoints: Object.keys(entryPoints),
    variables: variables.all.map(described),
    floats: floatVariables(variables).map(({ name }) => name),
    weights: weights.flatMap(learned).map(described),
    measuredLayers: layersWithWeights(weights),
    reluLayers: layersWithRelu(trained.watched),
    outputLayers: trained.watched.map(({ index }) => index),
    network: shape,
    image,
    filterShape: kernel?.shape ?? null,
  };
}

/** Units of the largest layer that is dropped from. */
const largestMask = ({ layers }: NetworkShape): number =>
  Math.max(
    0,
    ...layers.map(({ layer, output }) => (layer.type === 'dropout' ? elements(output) : 0)),
  );
