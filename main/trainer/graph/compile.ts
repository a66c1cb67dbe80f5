import type { Precision, RunConfig } from '../../../shared/config.ts';
import { networkShape } from '../../../shared/network-shape.ts';
import { attribute, DType, GraphBuilder, type Tensor } from './builder.ts';
import { savedModel, type EntryPoint } from './entry-points.ts';
import { forward } from './forward.ts';
import { correctCount, softmaxCrossEntropy } from './loss.ts';
import { lower } from './lower.ts';
import {
  add,
  cast,
  decodeBytes,
  done,
  identity,
  pack,
  reshape,
  scale,
  shapeOf,
  unary,
  unpack,
} from './ops.ts';
import { applyGradients } from './optimizer.ts';
import type { Pass } from './pass.ts';
import { Variables, type Variable } from './variables.ts';
import { makeWeights, type LayerWeights } from './weights.ts';

/** What the data looks like to a network. */
export interface ImageShape {
  height: number;
  width: number;
  channels: number;
  classes: number;
}

/** A network as TensorFlow runs it. */
export interface CompiledGraph {
  /** Bytes of a saved_model.pb. */
  savedModel: Uint8Array;
  /** Names of its signatures. */
  entryPoints: string[];
  /** What a checkpoint of it holds. */
  variables: { name: string; shape: readonly number[] }[];
  parameters: number;
  /** Learned by the optimizer, in the order of the network. */
  weights: { name: string; shape: readonly number[] }[];
  /** Shape of the first layer's kernels, [height, width, channels, filters]; null where it is no convolution. */
  filterShape: readonly number[] | null;
  /** Initial value of each dropout's rate, in the order of the network. */
  dropRates: number[];
}

/** Order of the numbers in the `settings` input; the dropout rates follow. */
export const SETTINGS = ['learningRate', 'momentum', 'weightDecay'] as const;

/** Inputs as the entry points take them. */
function makeInputs(g: GraphBuilder, image: ImageShape, dropouts: number) {
  const images = g.placeholder('images', DType.string, []);
  const labels = g.placeholder('labels', DType.string, []);
  const step = g.placeholder('step', DType.int32, []);
  const settings = g.placeholder('settings', DType.float32, [SETTINGS.length + dropouts]);
  const prefix = g.placeholder('prefix', DType.string, []);
  const unused = g.placeholder('unused', DType.int32, []);
  const pixels = reshape(g, decodeBytes(g, images), [
    -1,
    image.height,
    image.width,
    image.channels,
  ]);
  const classes = cast(g, decodeBytes(g, labels), DType.int32);
  const [examples] = unpack(g, shapeOf(g, pixels), 4);
  if (!examples) throw new Error('a batch has no first axis');
  return { images, labels, step, settings, prefix, unused, pixels, classes, examples };
}

/**
 * A run's network with its backward pass, optimizer, start, saver and restorer as one TensorFlow graph.
 * @throws FailureError when the layers do not fit together
 */
export function compile(config: RunConfig, precision: Precision, image: ImageShape): CompiledGraph {
  const g = new GraphBuilder();
  const variables = new Variables(g);
  const shape = networkShape(
    config.network.layers,
    [image.height, image.width, image.channels],
    image.classes,
  );
  const primitives = lower(shape);
  const dropRates = config.network.layers.flatMap((l) => (l.type === 'dropout' ? [l.rate] : []));
  const { seed } = config.training;
  const weights = makeWeights(g, variables, shape, seed);
  const globalStep = variables.make('global_step', [], DType.int64, g.long(0));
  const input = makeInputs(g, image, dropRates.length);
  const [learningRate, momentum, weightDecay, ...rates] = unpack(
    g,
    input.settings,
    SETTINGS.length + dropRates.length,
  );
  if (!learningRate || !momentum || !weightDecay) throw new Error('settings are incomplete');

  const compute = precision === 'bfloat16' ? DType.bfloat16 : DType.float32;
  const images = cast(g, scale(g, cast(g, input.pixels, DType.float32), 1 / 255), compute);
  const common = {
    g,
    variables,
    compute,
    seed,
    step: input.step,
    examples: input.examples,
    dropRates: rates,
  };

  const training: Pass = { ...common, training: true, gradients: new Map(), updates: [] };
  const trained = forward(training, weights, primitives, images);
  const logits = cast(g, trained.output, DType.float32);
  const { labelSmoothing } = config.optimizer;
  const loss = softmaxCrossEntropy(
    g,
    logits,
    input.classes,
    image.classes,
    labelSmoothing,
    input.examples,
  );
  trained.backward(cast(g, loss.gradient, compute));
  const live = { learningRate, momentum, weightDecay };
  const updates = g.within('optimizer', () =>
    applyGradients(g, variables, config.optimizer, training.gradients, live, input.step),
  );
  const counted = variables.assign(globalStep, cast(g, add(g, input.step, g.int(1)), DType.int64));
  const metrics = pack(g, [loss.value, correctCount(g, logits, input.classes)], DType.float32);

  const predicting: Pass = { ...common, training: false, gradients: new Map(), updates: [] };
  const scores = cast(g, forward(predicting, weights, primitives, images).output, DType.float32);
  const plainLoss = softmaxCrossEntropy(g, scores, input.classes, image.classes, 0, input.examples);
  const evaluated = pack(
    g,
    [plainLoss.value, correctCount(g, scores, input.classes)],
    DType.float32,
  );

  const batch = { images: input.images, labels: input.labels };
  const kernel = firstKernel(weights, shape.layers[0]?.layer.type);
  const { unused } = input;
  const entryPoints: Record<string, EntryPoint> = {
    start: { inputs: { unused }, outputs: { done: done(g, variables.starts) } },
    train: {
      inputs: { ...batch, step: input.step, settings: input.settings },
      outputs: { metrics: identity(g, metrics, [...updates, ...training.updates, counted]) },
    },
    evaluate: { inputs: batch, outputs: { metrics: evaluated } },
    predict: {
      inputs: { images: input.images },
      outputs: { probabilities: unary(g, 'Softmax', scores) },
    },
    save: {
      inputs: { prefix: input.prefix },
      outputs: { done: saver(g, variables, input.prefix) },
    },
    restore: {
      inputs: { prefix: input.prefix },
      outputs: { done: restorer(g, variables, input.prefix) },
    },
    step: {
      inputs: { unused },
      outputs: { step: cast(g, variables.read(globalStep), DType.int32) },
    },
    ...(kernel && { filters: { inputs: { unused }, outputs: { values: variables.read(kernel) } } }),
  };
  return {
    savedModel: savedModel(g, entryPoints),
    entryPoints: Object.keys(entryPoints),
    variables: variables.all.map(({ name, shape: dims }) => ({ name, shape: dims })),
    weights: [...training.gradients.keys()]
      .reverse()
      .map(({ name, shape: dims }) => ({ name, shape: dims })),
    parameters: shape.parameters,
    filterShape: kernel?.shape ?? null,
    dropRates,
  };
}

const firstKernel = (
  weights: readonly LayerWeights[],
  first: string | undefined,
): Variable | null => (first === 'convolution' ? (weights[0]?.weights ?? null) : null);

/** Writes every variable in TensorFlow's checkpoint format: prefix.index, prefix.data-00000-of-00001. */
function saver(g: GraphBuilder, variables: Variables, prefix: Tensor): Tensor {
  const names = variables.all.map((variable) => variable.name);
  const types = variables.all.map((variable) => variable.type);
  const saved = g.op(
    'SaveV2',
    DType.string,
    [
      prefix,
      g.strings(names),
      g.strings(names.map(() => '')),
      ...variables.all.map((variable) => variables.read(variable)),
    ],
    { dtypes: attribute.types(types) },
  );
  return done(g, [saved]);
}

function restorer(g: GraphBuilder, variables: Variables, prefix: Tensor): Tensor {
  const names = variables.all.map((variable) => variable.name);
  const first = g.op(
    'RestoreV2',
    DType.float32,
    [prefix, g.strings(names), g.strings(names.map(() => ''))],
    { dtypes: attribute.types(variables.all.map((variable) => variable.type)) },
  );
  return done(
    g,
    variables.all.map((variable, k) =>
      variables.assign(variable, g.output(first, k, variable.type)),
    ),
  );
}
