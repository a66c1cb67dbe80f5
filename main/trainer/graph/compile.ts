import type { Precision, RunConfig } from '../../../shared/config.ts';
import { elements, networkShape, type NetworkShape } from '../../../shared/network-shape.ts';
import { DType, GraphBuilder, type Tensor } from './builder.ts';
import { restorer } from './checkpoint-ops.ts';
import { finiteness, floatVariables, values } from './reading.ts';
import { savedModel, signatures, type EntryPoint } from './entry-points.ts';
import { makeRandomPool } from './dropout-mask.ts';
import { forward } from './forward.ts';
import { makeInputs, SETTINGS, type ImageShape, type Inputs } from './inputs.ts';
import { inspection } from './inspect.ts';
import { correctCount, softmaxCrossEntropy } from './loss.ts';
import { lower, type Primitive } from './lower.ts';
import { add, cast, done, identity, pack, unary, unpack } from './ops.ts';
import { applyGradients } from './optimizer.ts';
import type { Pass } from './pass.ts';
import { Variables, type Variable } from './variables.ts';
import { makeWeights, type LayerWeights } from './weights.ts';

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
  /** Its layers as configured. */
  network: NetworkShape;
  image: ImageShape;
  /** Shape of the first layer's kernels, [height, width, channels, filters]; null where it is no convolution. */
  filterShape: readonly number[] | null;
}

/** What the parts of the graph below have in common. */
interface Context {
  common: Omit<Pass, 'training' | 'gradients' | 'updates'>;
  config: RunConfig;
  image: ImageShape;
  inputs: Inputs;
  weights: readonly LayerWeights[];
  primitives: readonly Primitive[];
}

/**
 * A run's network with its backward pass, optimizer, start, saver and restorer as one TensorFlow graph.
 * @throws FailureError when the layers do not fit together
 */
export function compile(config: RunConfig, precision: Precision, image: ImageShape): CompiledGraph {
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
  const context: Context = {
    common: {
      g,
      variables,
      compute,
      seed,
      step: inputs.step,
      examples: inputs.examples,
      dropRates,
      pool: makeRandomPool(g, variables, seed, largestMask(shape) * config.data.batchSize),
    },
    config,
    image,
    inputs,
    weights,
    primitives: lower(shape),
  };
  const trained = trainingStep(context, settings, globalStep);
  const scores = score(context);
  const { unused, images, labels, step, prefix } = inputs;
  const kernel = layers[0]?.type === 'convolution' ? weights[0]?.weights : undefined;
  const entryPoints: Record<string, EntryPoint> = {
    start: {
      inputs: { unused },
      outputs: { done: done(g, [...variables.starts, ...variables.unsaved]) },
    },
    train: {
      inputs: { images, labels, step, settings: inputs.settings },
      outputs: { metrics: trained },
    },
    evaluate: { inputs: { images, labels }, outputs: { metrics: evaluation(context, scores) } },
    predict: {
      inputs: { images },
      outputs: { probabilities: unary(g, 'Softmax', scores) },
    },
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
    ...inspection(context.common, weights, shape, inputs, image.classes),
  };
  const described = ({ name, shape: dims }: Variable) => ({ name, shape: dims });
  return {
    savedModel: savedModel(g, entryPoints),
    signatures: signatures(entryPoints),
    entryPoints: Object.keys(entryPoints),
    variables: variables.all.map(described),
    floats: floatVariables(variables).map(({ name }) => name),
    weights: weights
      .flatMap((w) => [w.weights, w.bias, w.normalization?.scale, w.normalization?.shift])
      .flatMap((variable) => (variable ? [described(variable)] : [])),
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

/** Forward, backward and update. @returns [mean loss, right answers], once everything has been updated */
function trainingStep(context: Context, settings: readonly Tensor[], globalStep: Variable): Tensor {
  const { common, config, image, inputs, weights, primitives } = context;
  const { g, variables, compute } = common;
  const [learningRate, momentum, weightDecay] = settings;
  if (!learningRate || !momentum || !weightDecay) throw new Error('settings are incomplete');
  const pass: Pass = { ...common, training: true, gradients: new Map(), updates: [] };
  const network = g.within('train', () => forward(pass, weights, primitives, inputs.pixels));
  const logits = cast(g, network.output, DType.float32);
  const loss = softmaxCrossEntropy(
    g,
    logits,
    inputs.classes,
    image.classes,
    config.optimizer.labelSmoothing,
    inputs.examples,
  );
  g.within('train', () => network.backward(cast(g, loss.gradient, compute)));
  const live = { learningRate, momentum, weightDecay };
  const updates = g.within('optimizer', () =>
    applyGradients(g, variables, config.optimizer, pass.gradients, live, inputs.step),
  );
  const counted = variables.assign(globalStep, cast(g, add(g, inputs.step, g.int(1)), DType.int64));
  const metrics = pack(g, [loss.mean, correctCount(g, logits, inputs.classes)], DType.float32);
  return identity(g, metrics, [...updates, ...pass.updates, counted]);
}

/** Without dropout: scores [N, classes], float32. */
function score({ common, inputs, weights, primitives }: Context): Tensor {
  const { g } = common;
  const pass: Pass = { ...common, training: false, gradients: new Map(), updates: [] };
  const { output } = g.within('predict', () => forward(pass, weights, primitives, inputs.pixels));
  return cast(g, output, DType.float32);
}

/** [mean loss, right answers] of scores. */
function evaluation({ common: { g }, image, inputs }: Context, scores: Tensor): Tensor {
  const loss = softmaxCrossEntropy(g, scores, inputs.classes, image.classes, 0, inputs.examples);
  return pack(g, [loss.mean, correctCount(g, scores, inputs.classes)], DType.float32);
}
