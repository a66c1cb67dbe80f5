import type { Precision, RunConfig } from '../../../shared/config.ts';
import { elements, networkShape, type NetworkShape } from '../../../shared/network-shape.ts';
import { DType, GraphBuilder } from './builder.ts';
import { restorer } from './checkpoint-ops.ts';
import type { CompiledGraph } from './compiled-graph.ts';
import { finiteness, floatVariables, values } from './reading.ts';
import { savedModel, signatures, type EntryPoint } from './entry-points.ts';
import { makeRandomPool } from './dropout-mask.ts';
import { layersWithRelu, layersWithWeights } from './diagnostics.ts';
import { inputsOfSteps, makePlaceholders, type ImageShape, type Inputs } from './inputs.ts';
import { inspection } from './inspect.ts';
import { filledSize, layoutOf, WIDEST, type Layout } from './layout.ts';
import { lower } from './lower.ts';
import { makeSlots } from './optimizer.ts';
import { severalSteps } from './several-steps.ts';
import { cast, done, unary } from './ops.ts';
import {
  endOf,
  evaluation,
  OUTCOME,
  predictedLogits,
  trainingStep,
  type Context,
  type End,
  type Updated,
} from './training-step.ts';
import { Variables, type Variable, type VariableAccess } from './variables.ts';
import { learned, makeWeights } from './weights.ts';

/**
 * A run's network with its backward pass, optimizer, start and restorer as one TensorFlow graph.
 * @param widest layout that TensorFlow is good at here @param stepsAtOnce that may be done in one run of it
 * @throws FailureError when the layers do not fit together
 */
export function compile(
  config: RunConfig,
  precision: Precision,
  image: ImageShape,
  widest: Layout = WIDEST,
  stepsAtOnce = 1,
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
  const slots = makeSlots(g, variables, config.optimizer.rule, weights.flatMap(learned));
  const fed = makePlaceholders(g);
  const inputsOf = (steps: number): Inputs[] =>
    inputsOfSteps(g, fed, image, dropouts, compute, steps);
  const layout = layoutOf(shape, config.data.batchSize, widest);
  const mostBytes = largestMask(shape) * filledSize(config.data.batchSize, layout);
  const pool = makeRandomPool(g, variables, seed, mostBytes);
  const primitives = lower(shape);
  const contextOf = (inputs: Inputs, access: VariableAccess): Context => {
    const { step, examples, dropRates } = inputs;
    const common = {
      g,
      variables: access,
      compute,
      seed,
      step,
      examples,
      dropRates,
      pool,
    };
    return { common, config, image, inputs, network: shape, weights, primitives, layout };
  };
  const [inputs] = inputsOf(1);
  if (!inputs) throw new Error('a step has no inputs');
  const context = contextOf(inputs, variables);
  const trained = trainingStep(context, slots, globalStep);
  const measuredLayers = layersWithWeights(weights);
  const several =
    stepsAtOnce > 1
      ? severalSteps({
          g,
          contexts: inputsOf(stepsAtOnce).map((each) => (access) => contextOf(each, access)),
          variables,
          slots,
          globalStep,
          end: usualEnd(config),
          metrics: OUTCOME + measuredLayers.length,
        })
      : null;
  const probabilities = unary(g, 'Softmax', predictedLogits(context));
  const { unused, images, prefix } = fed;
  const batch = { images, labels: fed.labelBytes };
  const training = { ...batch, step: fed.step, settings: fed.settings };
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
    ...(several && {
      'train-several': { inputs: training, outputs: { metrics: several.metrics } },
      recent: { inputs: { unused }, outputs: { metrics: several.recent } },
    }),
    examine: { inputs: training, outputs: { finite: trained.finite } },
    ...(trained.augmented && {
      augmented: {
        inputs: { images, step: fed.step },
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
    ...inspection(context, images, probabilities),
  };
  const described = ({ name, shape: dims }: Variable) => ({ name, shape: dims });
  return {
    savedModel: savedModel(g, entryPoints),
    signatures: signatures(entryPoints),
    entryPoints: Object.keys(entryPoints),
    variables: variables.all.map(described),
    floats: floatVariables(variables).map(({ name }) => name),
    weights: weights.flatMap(learned).map(described),
    stepsAtOnce,
    severalEnd: usualEnd(config),
    measuredLayers,
    reluLayers: layersWithRelu(trained.watched),
    outputLayers: trained.watched.map(({ index }) => index),
    network: shape,
    image,
    filterShape: kernel?.shape ?? null,
  };
}

/** How a run's steps end unless its weight decay is changed. */
const usualEnd = ({ optimizer }: RunConfig): End => endOf(optimizer.weightDecay);

/** Units of the largest layer that is dropped from. */
const largestMask = ({ layers }: NetworkShape): number =>
  Math.max(
    0,
    ...layers.map(({ layer, output }) => (layer.type === 'dropout' ? elements(output) : 0)),
  );
