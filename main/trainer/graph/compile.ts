import type { Precision, RunConfig } from '../../../shared/config.ts';
import { networkShape, type ImageShape } from '../../../shared/network-shape.ts';
import { GraphBuilder } from './builder.ts';
import type { CompiledGraph } from './compiled-graph.ts';
import { layersWithRelu, layersWithWeights } from './diagnostics.ts';
import {
  backpropagationEntryPoint,
  hasGradient,
  namedVariables,
} from './entry-points/backpropagation.ts';
import { evaluationEntryPoints } from './entry-points/evaluation.ts';
import {
  filterEntryPoints,
  firstFilters,
  inspectionEntryPoints,
} from './entry-points/inspection.ts';
import { weightsHistogramEntryPoint } from './entry-points/histograms.ts';
import {
  floatVariables,
  presentStep,
  startEntryPoint,
  stateEntryPoints,
} from './entry-points/state.ts';
import { trainingEntryPoints } from './entry-points/training.ts';
import { evaluationOutputs, predictedProbabilities } from './evaluation.ts';
import { makeInputs, makePlaceholders, type Inputs } from './inputs.ts';
import { WIDEST, type Layout } from './layout.ts';
import { stepMetricsCount } from './metrics.ts';
import { makeModel, type BatchContext } from './model.ts';
import { makeOptimizerState } from './optimizer.ts';
import { serializeGraph, type EntryPoints } from './saved-model.ts';
import { severalSteps } from './several-steps.ts';
import { trainingStep } from './training-step.ts';
import { updateVariantFor } from './update-variant.ts';
import { Variables, type Variable } from './variables.ts';
import { makeWeights, trainableVariables } from './weights.ts';

/**
 * Compiles a run's network, with its backward pass, optimizer, initial values and restore, into one TensorFlow graph.
 * @param precision of convolutions and matrix products; weights and updates are always float32
 * @param image size and channels of the images, and the number of classes
 * @param widest the widest layout that pays on this machine
 * @param stepsAtOnce training steps that one run of the graph may do
 * @param classWeights factor of each class's training loss; null if all classes count the same, or nothing is trained
 * @throws FailureError when the layers do not fit together
 */
export function compile(
  config: RunConfig,
  precision: Precision,
  image: ImageShape,
  widest: Layout = WIDEST,
  stepsAtOnce = 1,
  classWeights: readonly number[] | null = null,
): CompiledGraph {
  const g = new GraphBuilder();
  const variables = new Variables(g);
  const { layers } = config.network;
  const network = networkShape(layers, [image.height, image.width, image.channels], image.classes);

  // What the run learns and keeps.
  const weights = makeWeights(g, variables, network, config.training.seed);
  const optimizer = makeOptimizerState(g, variables, config.optimizer.rule, weights);

  // What it is fed.
  const placeholders = makePlaceholders(g);
  const parts = { g, config, image, classWeights, network, weights };
  const model = makeModel(variables, parts, precision, widest);
  const inputsOf = (steps: number): Inputs[] => makeInputs(g, placeholders, model, steps);
  const [inputs] = inputsOf(1);
  if (!inputs) throw new Error('a step has no inputs');
  const context: BatchContext = { model, inputs, variables };

  // What it computes.
  const measuredLayers = layersWithWeights(weights);
  const severalVariant = updateVariantFor(config.optimizer.weightDecay);
  const metricsCount = stepMetricsCount(measuredLayers.length);
  const trained = trainingStep(context, optimizer);
  const several =
    stepsAtOnce > 1
      ? severalSteps(
          model,
          inputsOf(stepsAtOnce),
          variables,
          optimizer,
          severalVariant,
          metricsCount,
        )
      : null;
  const probabilities = predictedProbabilities(context);
  const step = presentStep(g, variables, optimizer.globalStep);
  const reluLayers = layersWithRelu(trained.outputs);
  const shownLayers = network.layers.flatMap((_, k) =>
    measuredLayers.includes(k) || reluLayers.includes(k) ? [k] : [],
  );

  // The entry points. `start` comes first: TensorFlow loads the graph with it.
  const entryPoints: EntryPoints = {
    ...startEntryPoint(g, variables, placeholders),
    ...trainingEntryPoints(placeholders, trained, several),
    ...evaluationEntryPoints(placeholders, evaluationOutputs(context), probabilities),
    ...stateEntryPoints(g, variables, step, placeholders),
    ...filterEntryPoints(context, placeholders),
    ...inspectionEntryPoints(context, placeholders, step, probabilities, shownLayers),
    ...backpropagationEntryPoint(context, placeholders),
    ...weightsHistogramEntryPoint(context, placeholders),
  };
  return {
    ...serializeGraph(g, entryPoints),
    variables: variables.all.map(describeVariable),
    floatVariables: floatVariables(variables).map(({ name }) => name),
    weights: weights.flatMap(trainableVariables).map(describeVariable),
    layerVariables: weights.map((layer) =>
      namedVariables(layer).map((named) => ({
        name: named.name,
        shape: named.variable.shape,
        hasGradient: hasGradient(named),
      })),
    ),
    stepsAtOnce,
    severalVariant,
    measuredLayers,
    reluLayers,
    shownLayers,
    outputLayers: trained.outputs.map(({ index }) => index),
    network,
    image,
    firstFilters: describeFilters(firstFilters(model)),
  };
}

/** Kernels have four dimensions. */
function describeFilters(filters: Variable | null): CompiledGraph['firstFilters'] {
  if (!filters) return null;
  const [height = 1, width = 1, channels = 1, count = 1] = filters.shape;
  return { name: filters.name, shape: [height, width, channels, count] };
}

const describeVariable = ({ name, shape }: Variable): CompiledGraph['variables'][number] => ({
  name,
  shape,
});
