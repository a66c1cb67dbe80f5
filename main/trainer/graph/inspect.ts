import { elements, type NetworkShape } from '../../../shared/network-shape.ts';
import { DType, type GraphBuilder, type Tensor } from './builder.ts';
import type { EntryPoint } from './entry-points.ts';
import { forwardWhole } from './forward.ts';
import { plain } from './layout.ts';
import { layerSteps } from './lower.ts';
import { concat, oneHot, reshape, slice } from './arrays.ts';
import { argmax, cast, compare, multiply, reduce, select, unary } from './ops.ts';
import { newGathering, type Differentiable, type Pass } from './pass.ts';
import type { Context } from './training-step.ts';

/** Where a layer's numbers stand in a row that holds all layers', and how many they are. */
export interface Span {
  begin: number;
  size: number;
}

const span = (sizes: readonly number[], layer: number): Span => ({
  begin: sizes.slice(0, layer).reduce((a, b) => a + b, 0),
  size: sizes[layer] ?? 0,
});

const activationSizes = ({ layers }: NetworkShape): number[] =>
  layers.map(({ output }) => elements(output));

/** A map has one number a place; a layer whose output is a row has none. */
const mapSizes = ({ layers }: NetworkShape): number[] =>
  layers.map(({ output }) => (output.length === 3 ? output[0] * output[1] : 0));

/** What the entry point `activations` is fed to answer a layer's output. */
export const activationSpan = (network: NetworkShape, layer: number): Span =>
  span(activationSizes(network), layer);

/** What the entry point `grad-cam` is fed to answer a layer's map. */
export const mapSpan = (network: NetworkShape, layer: number): Span =>
  span(mapSizes(network), layer);

/**
 * Entry points that look into the network, for one image: its layers in the order of the list, which `lower` may change, in
 * prediction mode and in float32. A signature fetches all its outputs, so one that answers any layer fetches a slice of all.
 * @param images that are fed @param probabilities that `predict` answers, [1, classes]: the class that wins wins there, in the run's own precision
 */
export function inspection(
  { common, weights, network, inputs }: Context,
  images: Tensor,
  probabilities: Tensor,
): Record<string, EntryPoint> {
  const { g } = common;
  const pass: Omit<Pass, 'scope'> = {
    ...common,
    compute: DType.float32,
    training: false,
    layout: plain,
    shard: 0,
    ...newGathering(),
  };
  return g.within('inspect', () => {
    let x = cast(g, inputs.pixels, DType.float32);
    const layers = layerSteps(network).map((steps, k) => {
      const layer = forwardWhole({ ...pass, scope: `layer_${k}` }, weights, steps, x);
      x = layer.output;
      return layer;
    });
    const begin = g.placeholder('begin', DType.int32, [1]);
    const size = g.placeholder('size', DType.int32, [1]);
    const cut = (rows: readonly Tensor[]): Tensor | null => {
      const [first, ...others] = rows.map((row) => reshape(g, row, [-1]));
      return first ? slice(g, concat(g, [first, ...others]), begin, size) : null;
    };
    const asked = g.placeholder('class', DType.int32, []);
    const of = chosenClass(g, asked, probabilities);
    const classes = elements(network.layers.at(-1)?.output ?? []);
    const { atOutputs, atImage } = gradients(g, layers, ofScore(g, of, classes));
    const activations = cut(layers.map(({ output }) => output));
    const maps = cut(
      layers.flatMap(({ output }, k) =>
        network.layers[k]?.output.length === 3 ? [gradCam(g, output, atOutputs[k] ?? atImage)] : [],
      ),
    );
    return {
      ...(activations && {
        activations: { inputs: { images, begin, size }, outputs: { values: activations } },
      }),
      saliency: {
        inputs: { images, class: asked },
        outputs: { class: of, values: reshape(g, atImage, [-1]) },
      },
      ...(maps && {
        'grad-cam': {
          inputs: { images, class: asked, begin, size },
          outputs: { class: of, values: maps },
        },
      }),
    };
  });
}

/** The class asked for; below 0 the most probable one. int32 scalar. */
function chosenClass(g: GraphBuilder, asked: Tensor, probabilities: Tensor): Tensor {
  const winner = reshape(g, argmax(g, probabilities), []);
  return select(g, compare(g, 'Less', asked, g.int(0)), winner, asked);
}

/** Gradient of one class's score with respect to all scores, [1, classes]. */
const ofScore = (g: GraphBuilder, of: Tensor, classes: number): Tensor =>
  oneHot(g, reshape(g, of, [1]), classes, g.float(1), g.float(0));

/** Of the score, with respect to each layer's output and to the image. */
function gradients(
  g: GraphBuilder,
  layers: readonly Differentiable[],
  score: Tensor,
): { atOutputs: Tensor[]; atImage: Tensor } {
  const atOutputs: Tensor[] = [];
  let gradient = score;
  for (const [k, layer] of [...layers.entries()].reverse()) {
    atOutputs[k] = gradient;
    const after = gradient;
    gradient = g.within(`layer_${k}`, () => layer.backward(after));
  }
  return { atOutputs, atImage: gradient };
}

/**
 * ReLU of the channels' sum, each weighted by the mean of its gradient (Selvaraju et al. 2017, equations 1 and 2).
 * Both [1, H, W, C] -> [1, H, W].
 */
function gradCam(g: GraphBuilder, activations: Tensor, gradient: Tensor): Tensor {
  const channelWeights = reduce(g, 'Mean', gradient, [1, 2], true);
  return unary(g, 'Relu', reduce(g, 'Sum', multiply(g, activations, channelWeights), [3]));
}
