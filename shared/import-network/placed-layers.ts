import type { Activation, LayerConfig, LayerOf } from '../config.ts';
import type { KerasActivation } from './keras-words.ts';

/** Keras has activations as layers of their own; here they belong to the layer whose outputs go through them. */

/** A layer of this app, and from where in the pasted text it is. */
export interface PlacedLayer {
  place: string;
  layer: LayerConfig;
  /** Its activation is not known but assumed: what follows decides. */
  isAssumed: boolean;
  /** A softmax follows it, which here is part of the loss. */
  hasSoftmax: boolean;
}

type Activated = LayerOf<'convolution' | 'dense' | 'batch-normalization'>;
const isActivated = (layer: LayerConfig): layer is Activated => 'activation' in layer;

/** They keep the order of values, so that a greatest value may be taken before or after. */
const monotone: readonly Activation[] = ['relu', 'leaky-relu', 'elu', 'selu', 'sigmoid', 'tanh'];
/** A factor before or after is the same. */
const homogeneous: readonly Activation[] = ['relu', 'leaky-relu'];

/** Whether an activation after a layer is the same as one before it. */
function isPassedBy(layer: LayerConfig, activation: Activation): boolean {
  if (layer.type === 'flatten') return true;
  if (layer.type === 'dropout') return homogeneous.includes(activation);
  return layer.type === 'pooling' && layer.kind === 'max' && monotone.includes(activation);
}

/** Dropout and flatten pass on the scores as they are. */
const isScorer = ({ layer }: PlacedLayer): boolean =>
  layer.type !== 'dropout' && layer.type !== 'flatten';

/**
 * Gives an activation to the layer whose outputs go through it.
 * @param known null: there is one, but which is not said
 * @returns why it cannot be; null: it was done
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
  // The activation of a convolution that is normalised follows the normalisation.
  const before = placed[at - 1];
  if (target.layer.type === 'batch-normalization' && before?.isAssumed) takeActivation(before);
  return null;
}

function takeActivation(placed: PlacedLayer): void {
  if (isActivated(placed.layer)) placed.layer = { ...placed.layer, activation: 'none' };
  placed.isAssumed = false;
}

/**
 * The last layer gives scores: its activation is taken off, and told if it was known.
 * @returns where a softmax stands in the middle of the network
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
