import { softmax } from '../activations.ts';
import type { LayerShape } from '../network-shape.ts';
import type { AnswerTo } from '../questions.ts';
import { layerBackward, type BackwardLayer } from './layer.ts';
import type { Numbers } from './window.ts';

/** A layer on the way back: what its rule is given and gives, and how far that is from the engine's. */
export interface LayerBack extends BackwardLayer {
  /** dy, with respect to the layer's output. */
  output: Numbers;
  /** Largest difference to the engine's gradients, as a share of their largest: of dy, and of the weights and bias. */
  differences: { output: number; weights: number | null; bias: number | null };
}

/** An example's whole way back. */
export interface WayBack {
  /** Softmax of the scores. */
  probabilities: Float64Array;
  /** In the order of the network. */
  layers: LayerBack[];
  /** Of the image's gradient. */
  imageDifference: number;
  /** The largest of all differences. */
  largestDifference: number;
}

/**
 * Goes back layer by layer by the rules of this folder, from what the engine's layers gave forward. Of the engine's own gradients only that
 * at the scores is taken: where a share is nearly 1, float32 keeps few digits of the share less 1, and all that follows is that many times
 * as far off. So softmax is compared by itself, as shares of 1, and all others are only compared.
 * @param image brightness of the pixels, 0 to 1, [height, width, channels]
 * @param of the true class
 * @returns null where the answer is not of these layers, or of no network
 */
export function backpropagate(
  shapes: readonly LayerShape[],
  answer: Pick<AnswerTo<'backpropagation'>, 'layers' | 'imageGradient'>,
  image: Numbers,
  of: number,
): WayBack | null {
  const ways = answer.layers;
  const scores = ways.at(-1)?.output;
  if (!scores || ways.length !== shapes.length) return null;
  const probabilities = softmax(scores);
  // The loss is −log p of the true class: its gradient is p, less 1 for that class.
  const scoresGradient = probabilities.map((p, k) => p - (k === of ? 1 : 0));
  const atScores = ways.at(-1)?.gradient ?? [];
  let dy: Numbers = atScores;
  const layers: LayerBack[] = [];
  for (let k = ways.length - 1; k >= 0; k--) {
    const [way, shape] = [ways[k], shapes[k]];
    if (!way || !shape) return null;
    const back = layerBackward(shape, way, ways[k - 1]?.output ?? image, dy);
    const against = (name: 'weights' | 'bias'): number | null => {
      const [own, engine] = [
        back[name],
        way.variables.find((each) => each.name === name)?.gradient,
      ];
      return own && engine ? largestDifference(own, engine) : null;
    };
    layers[k] = {
      ...back,
      output: k === ways.length - 1 ? scoresGradient : dy,
      differences: {
        output:
          k === ways.length - 1
            ? largestDifference(scoresGradient, atScores, 1)
            : largestDifference(dy, way.gradient),
        weights: against('weights'),
        bias: against('bias'),
      },
    };
    dy = back.input;
  }
  const imageDifference = largestDifference(dy, answer.imageGradient);
  const all = layers.flatMap(({ differences }) => Object.values(differences));
  return {
    probabilities,
    layers,
    imageDifference,
    largestDifference: Math.max(imageDifference, ...all.map((each) => each ?? 0)),
  };
}

/**
 * max |a − b| / max |b|; 0 where all are 0, and infinity where only b is or the lengths differ.
 * @param scale in place of max |b|
 */
export function largestDifference(a: Numbers, b: Numbers, scale?: number): number {
  if (a.length !== b.length) return Infinity;
  let [most, apart] = [0, 0];
  for (let k = 0; k < b.length; k++) {
    most = Math.max(most, Math.abs(b[k] ?? 0));
    apart = Math.max(apart, Math.abs((a[k] ?? 0) - (b[k] ?? 0)));
  }
  return apart === 0 ? 0 : apart / (scale ?? most);
}
