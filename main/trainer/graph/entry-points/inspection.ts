import { elementCount, type NetworkShape } from '../../../../shared/network-shape.ts';
import { hasOwnAnswer } from '../../../../shared/own-answer.ts';
import { inOneRow, oneHot, reshape, slice } from '../arrays.ts';
import { DType, type GraphBuilder, type Tensor } from '../builder.ts';
import type { Placeholders } from '../inputs.ts';
import { gradientsBackward, layersInFloat32 } from '../layers-in-float32.ts';
import type { BatchContext, Model } from '../model.ts';
import { argmax, compare, multiply, reduce, select, signalDone, unary } from '../ops.ts';
import type { EntryPoints } from '../saved-model.ts';
import type { Variable } from '../variables.ts';
import { histogramOutputs } from './histograms.ts';

/** The first convolution's filters, [h, w, C, K]; null where there is no convolution. */
export function firstFilters({ network, weights }: Model): Variable | null {
  const first = network.layers.findIndex(({ layer }) => layer.type === 'convolution');
  return weights[first]?.weights ?? null;
}

/**
 * Number of the layer whose ReLU is the first filters' own: they are its units, and can die. Only pooling, dropout and a batch
 * normalisation may come between. Null: there is none.
 */
export function firstFiltersRelu({ layers }: NetworkShape): number | null {
  const first = layers.findIndex(({ layer }) => layer.type === 'convolution');
  for (const [index, { layer }] of layers.entries()) {
    if (index < first || first < 0 || layer.type === 'pooling' || layer.type === 'dropout')
      continue;
    const isTheirs = index === first || layer.type === 'batch-normalization';
    if (!isTheirs || !('activation' in layer)) return null;
    if (layer.activation !== 'none') return layer.activation === 'relu' ? index : null;
  }
  return null;
}

/** Answers those filters, and sets them, where there are any. */
export function filterEntryPoints(
  { model, variables }: BatchContext,
  { unused }: Placeholders,
): EntryPoints {
  const filters = firstFilters(model);
  if (!filters) return {};
  const { g } = model;
  const values = g.placeholder('filters', DType.float32, [...filters.shape]);
  const done = signalDone(g, [variables.assign(filters, values)]);
  return {
    filters: { inputs: { unused }, outputs: { values: variables.read(filters) } },
    'set-filters': { inputs: { values }, outputs: { done } },
  };
}

/**
 * Entry points that look into the network for one image, in prediction mode and in float32. The layers are in the order of the layer list,
 * which `lowerNetwork` may change. A signature always fetches all its outputs, so an entry point that answers for any layer fetches a slice
 * of all layers' numbers.
 * @param step of the weights, int32
 * @param probabilities what `predict` answers, [1, classes]; the most probable class is taken from there, in the run's own precision
 */
export function inspectionEntryPoints(
  context: BatchContext,
  { images }: Placeholders,
  step: Tensor,
  probabilities: Tensor,
  shown: readonly number[],
): EntryPoints {
  const { g, network } = context.model;
  return g.within('inspect', () => {
    const { layers } = layersInFloat32(context);
    const begin = g.placeholder('begin', DType.int32, [1]);
    const size = g.placeholder('size', DType.int32, [1]);
    const cut = (outputs: readonly Tensor[]): Tensor | null => {
      const all = inOneRow(g, outputs);
      return all && slice(g, all, begin, size);
    };
    const asked = g.placeholder('class', DType.int32, []);
    const chosen = chosenClass(g, asked, probabilities);
    const classes = elementCount(network.layers.at(-1)?.output ?? []);
    const { atOutputs, atImage } = gradientsBackward(
      context.model,
      layers,
      scoreOf(g, chosen, classes),
    );
    const activations = cut(layers.map(({ output }) => output));
    const maps = cut(
      layers.flatMap(({ output }, k) =>
        network.layers[k]?.output.length === 3 ? [gradCam(g, output, atOutputs[k] ?? atImage)] : [],
      ),
    );
    const ownAnswers = inOneRow(
      g,
      layers.flatMap(({ output }, k) => {
        const layer = network.layers[k]?.layer;
        return layer && hasOwnAnswer(layer) ? [output] : [];
      }),
    );
    const relu = layers[firstFiltersRelu(network) ?? -1];
    return {
      // Of any number of images: the greatest that each filter answers to any of them.
      ...(relu && {
        'filter-maxima': {
          inputs: { images },
          outputs: { values: reduce(g, 'Max', relu.output, [0, 1, 2]) },
        },
      }),
      ...(activations && {
        activations: { inputs: { images, begin, size }, outputs: { values: activations } },
      }),
      ...(ownAnswers && {
        'own-answers': {
          inputs: { images },
          // What is read in them, and of which step, comes with them: a run of the graph takes longer to begin than to predict.
          outputs: { values: ownAnswers, probabilities, step },
        },
        // In float32 the last of them, the scores, say what is read: the network need not be gone through again for it.
        ...(context.model.compute === DType.float32 && {
          'own-answers-alone': { inputs: { images }, outputs: { values: ownAnswers, step } },
        }),
      }),
      ...(shown.length > 0 && {
        'activations-histogram': {
          inputs: { images },
          outputs: histogramOutputs(
            g,
            shown.flatMap((layer) => layers[layer]?.output ?? []),
          ),
        },
      }),
      saliency: {
        inputs: { images, class: asked },
        outputs: { class: chosen, values: reshape(g, atImage, [-1]) },
      },
      ...(maps && {
        'grad-cam': {
          inputs: { images, class: asked, begin, size },
          outputs: { class: chosen, values: maps },
        },
      }),
    };
  });
}

/** The class asked for; a number below 0 asks for the most probable one. int32 scalar. */
function chosenClass(g: GraphBuilder, asked: Tensor, probabilities: Tensor): Tensor {
  const winner = reshape(g, argmax(g, probabilities), []);
  return select(g, compare(g, 'Less', asked, g.int(0)), winner, asked);
}

/** Gradient of one class's score with respect to all scores, [1, classes]. */
const scoreOf = (g: GraphBuilder, chosen: Tensor, classes: number): Tensor =>
  oneHot(g, reshape(g, chosen, [1]), classes, g.float(1), g.float(0));

/**
 * ReLU of the channels' sum, each weighted by the mean of its gradient (Selvaraju et al. 2017, equations 1 and 2).
 * Both [1, H, W, C] -> [1, H, W].
 */
function gradCam(g: GraphBuilder, activations: Tensor, gradient: Tensor): Tensor {
  // [1, H, W, C] -> [1, 1, 1, C].
  const channelWeights = reduce(g, 'Mean', gradient, [1, 2], true);
  return unary(g, 'Relu', reduce(g, 'Sum', multiply(g, activations, channelWeights), [3]));
}
