import type { Activation, LayerOf } from '../../../shared/config.ts';
import { elementCount, type LayerShape, type NetworkShape } from '../../../shared/network-shape.ts';
import { keepsOrder } from './layers/activation.ts';

/** One operation with its own forward and backward rule; a layer is lowered to one or several. `index` is the layer's place in the list. */
export type Primitive =
  | {
      kind: 'convolution';
      layer: LayerOf<'convolution'>;
      shape: LayerShape;
      index: number;
      scaledFor: number | null;
      /** Number of a batch normalisation; in channels where its γ is negative, the convolution gives −x. */
      turnedBy: number | null;
    }
  | { kind: 'dense'; layer: LayerOf<'dense'>; index: number; scaledFor: number | null }
  | BiasPrimitive
  | { kind: 'activation'; activation: Activation; index: number; normalized: boolean }
  | NormalizationPrimitive
  | PoolingPrimitive
  | { kind: 'dropout'; draw: number; units: readonly number[]; index: number }
  | { kind: 'relu-dropout'; draw: number; units: readonly number[]; index: number }
  | { kind: 'flatten'; shape: LayerShape; index: number }
  | { kind: 'global-average-pooling'; shape: LayerShape; index: number };

export interface BiasPrimitive {
  kind: 'bias';
  index: number;
  /** Whether a batch normalisation later subtracts the bias again. */
  isCancelled: boolean;
}

export interface NormalizationPrimitive {
  kind: 'normalization';
  layer: LayerOf<'batch-normalization'>;
  shape: LayerShape;
  index: number;
  /** Max-pooling that follows in the list and is moved before the normalisation; channels with a negative γ change their sign for it. */
  pooling: PoolingPrimitive | null;
}

export interface PoolingPrimitive {
  kind: 'pooling';
  layer: LayerOf<'pooling'>;
  shape: LayerShape;
  index: number;
}

/** The primitives of each layer in the order of the list; the last primitive of a layer gives that layer's output. */
export function layerPrimitives(network: NetworkShape): Primitive[][] {
  let draws = 0;
  const isNormalization = (index: number): boolean =>
    network.layers[index]?.layer.type === 'batch-normalization';
  const activation = (kind: Activation, index: number): Primitive[] =>
    kind === 'none'
      ? []
      : [{ kind: 'activation', activation: kind, index, normalized: isNormalization(index) }];
  return network.layers.map((shape, index): Primitive[] => {
    const { layer } = shape;
    switch (layer.type) {
      case 'convolution':
      case 'dense':
        return [
          layer.type === 'convolution'
            ? { kind: 'convolution', layer, shape, index, scaledFor: null, turnedBy: null }
            : { kind: 'dense', layer, index, scaledFor: null },
          ...(layer.bias ? [{ kind: 'bias', index, isCancelled: false } as const] : []),
          ...activation(layer.activation, index),
        ];
      case 'pooling':
        return [{ kind: 'pooling', layer, shape, index }];
      case 'dropout':
        return [{ kind: 'dropout', draw: draws++, units: shape.output, index }];
      case 'batch-normalization':
        return [
          { kind: 'normalization', layer, shape, index, pooling: null },
          ...activation(layer.activation, index),
        ];
      case 'flatten':
      case 'global-average-pooling':
        return [{ kind: layer.type, shape, index }];
    }
  });
}

/**
 * Lowers a layer list to primitives, in the cheapest order. Three rewrites change only the cost, not the result:
 * - Max-pooling goes before bias and activation, which keep the order of numbers, so that they have fewer numbers to process; it also goes
 *   before the factor and summand of a batch normalisation.
 * - A bias that a batch normalisation subtracts again is known to have no gradient: what would be computed is only rounding error.
 * - ReLU followed by dropout becomes one primitive. The dropout's scale moves to the convolution or product before it, which has fewer
 *   numbers to multiply (a positive factor passes through ReLU and pooling).
 */
export function lowerNetwork(network: NetworkShape): Primitive[] {
  const primitives: Primitive[] = [];
  for (const ofLayer of layerPrimitives(network)) {
    const [first] = ofLayer;
    if (first?.kind === 'pooling' && first.layer.kind === 'max') pushMaximum(primitives, first);
    else if (first?.kind === 'dropout') pushDropout(primitives, first);
    else primitives.push(...ofLayer);
  }
  return primitives.map((primitive, place) =>
    primitive.kind === 'bias'
      ? { ...primitive, isCancelled: meetsNormalization(primitives, place) }
      : primitive,
  );
}

/** Whether a constant added to a channel reaches a batch normalisation unchanged, which subtracts it with the channel's mean. */
function meetsNormalization(primitives: readonly Primitive[], place: number): boolean {
  const passesOn = (primitive: Primitive): boolean =>
    primitive.kind === 'flatten' ||
    primitive.kind === 'global-average-pooling' ||
    (primitive.kind === 'pooling' && primitive.layer.kind !== 'l2');
  const next = primitives.slice(place + 1).find((primitive) => !passesOn(primitive));
  return next?.kind === 'normalization';
}

function pushMaximum(primitives: Primitive[], pooling: PoolingPrimitive): void {
  const last = primitives.at(-1);
  const isOrdered = last?.kind === 'activation' && keepsOrder(last.activation);
  const [source, normalization] = primitives.slice(isOrdered ? -3 : -2);
  const isSmaller = elementCount(pooling.shape.output) < elementCount(pooling.shape.input);
  if (
    source?.kind === 'convolution' &&
    normalization?.kind === 'normalization' &&
    normalization.pooling === null &&
    isSmaller
  ) {
    source.turnedBy = normalization.index;
    normalization.pooling = pooling;
  } else primitives.splice(placeOfMaximum(primitives), 0, pooling);
}

/** The place right after the convolution, if only primitives that keep order come after it; else the end. */
function placeOfMaximum(primitives: readonly Primitive[]): number {
  let place = primitives.length;
  const last = primitives[place - 1];
  if (last?.kind === 'activation' && keepsOrder(last.activation)) place--;
  if (primitives[place - 1]?.kind === 'bias') place--;
  return primitives[place - 1]?.kind === 'convolution' ? place : primitives.length;
}

function pushDropout(
  primitives: Primitive[],
  dropout: Extract<Primitive, { kind: 'dropout' }>,
): void {
  const source = scalableSource(primitives);
  if (!source) {
    primitives.push(dropout);
    return;
  }
  source.scaledFor = dropout.draw;
  const relu = primitives.pop();
  primitives.push({ ...dropout, kind: 'relu-dropout', index: relu?.index ?? dropout.index });
}

/** The convolution or product that can take over a dropout's scale: only pooling and one final ReLU may come after it. */
function scalableSource(
  primitives: Primitive[],
): Extract<Primitive, { kind: 'convolution' | 'dense' }> | null {
  const last = primitives.at(-1);
  if (last?.kind !== 'activation' || last.activation !== 'relu') return null;
  for (let k = primitives.length - 2; k >= 0; k--) {
    const primitive = primitives[k];
    if (primitive?.kind === 'pooling') continue;
    const linear = primitive?.kind === 'convolution' || primitive?.kind === 'dense';
    return linear && primitive.scaledFor === null ? primitive : null;
  }
  return null;
}
