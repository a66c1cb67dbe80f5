import type { Activation, LayerConfig, LayerOf } from '../config.ts';
import type { KerasActivation } from './keras-words.ts';

/** Keras has activations as layers of their own; here they belong to the layer before. */

/** A layer of this app, with its place in the pasted text. */
export interface PlacedLayer {
  place: string;
  layer: LayerConfig;
  /** Whether its activation is assumed, so that a following step may decide it. */
  isAssumed: boolean;
  /** Whether a softmax follows it, which is part of the loss here. */
  hasSoftmax: boolean;
}

type Activated = LayerOf<'convolution' | 'dense' | 'batch-normalization'>;
const isActivated = (layer: LayerConfig): layer is Activated => 'activation' in layer;

/** Monotonic activations: the maximum may be taken before or after them. */
const monotone: readonly Activation[] = ['relu', 'leaky-relu', 'elu', 'selu', 'sigmoid', 'tanh'];
/** Activations that a positive factor passes through. */
const homogeneous: readonly Activation[] = ['relu', 'leaky-relu'];

/** Whether it makes no difference if an activation comes before or after a layer. */
function isPassedBy(layer: LayerConfig, activation: Activation): boolean {
  if (layer.type === 'flatten') return true;
  if (layer.type === 'dropout') return homogeneous.includes(activation);
  return layer.type === 'pooling' && layer.kind === 'max' && monotone.includes(activation);
}

/** Whether a layer makes the scores; dropout and flatten pass them on unchanged. */
const isScorer = ({ layer }: PlacedLayer): boolean =>
  layer.type !== 'dropout' && layer.type !== 'flatten';

/**
 * Gives an activation to the layer whose outputs go through it.
 * @param known null if there is an activation whose name is not known
 * @returns why it cannot be done; null if it was
 */
export function activateLast(placed: PlacedLayer[], known: KerasActivation | null): string | null {
  if (known === 'none') return null;
  if (known === 'softmax') {
    const scorer = placed.findLast(isScorer);
    if (scorer) scorer.hasSoftmax = true;
    return null;
  }
  const activation = known ?? 'relu';
  const at = placed.findLastIndex(({ layer }) => !isPassedBy(layer, activation));
  const target = placed[at];
  if (!target || !isActivated(target.layer))
    return 'an activation belongs to a convolution, a batch normalisation or a dense layer before it';
  if (target.layer.activation !== 'none' && !target.isAssumed)
    return `what comes before it has an activation already (${target.layer.activation})`;
  target.layer = { ...target.layer, activation };
  target.isAssumed = known === null;
  // If a convolution is normalised, its activation follows the normalisation.
  const before = placed[at - 1];
  if (target.layer.type === 'batch-normalization' && before?.isAssumed) takeActivation(before);
  return null;
}

function takeActivation(placed: PlacedLayer): void {
  if (isActivated(placed.layer)) placed.layer = { ...placed.layer, activation: 'none' };
  placed.isAssumed = false;
}

/**
 * Removes the activation of the last layer, which gives scores, and notes this if the activation was known.
 * @returns places of softmaxes in the middle of the network
 */
export function finishScores(placed: readonly PlacedLayer[], notes: string[]): string[] {
  const scorer = placed.findLast(isScorer);
  const within = placed.filter((each) => each.hasSoftmax && each !== scorer);
  if (scorer && isActivated(scorer.layer)) {
    const { activation } = scorer.layer;
    if (scorer.hasSoftmax)
      notes.push('The softmax at the end is left out: here it is part of the loss.');
    else if (activation !== 'none' && !scorer.isAssumed)
      notes.push(
        `The activation at the end (${activation}) is left out: the network gives one score a class.`,
      );
    takeActivation(scorer);
  }
  return within.map(({ place }) => place);
}
