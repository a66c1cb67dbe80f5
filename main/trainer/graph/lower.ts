import type { Activation, LayerOf } from '../../../shared/config.ts';
import type { LayerShape, NetworkShape } from '../../../shared/network-shape.ts';
import { keepsOrder } from './layers/activation.ts';

/** What a layer list comes down to: one step of arithmetic each, in the order in which it is cheapest. */
export type Primitive =
  | {
      kind: 'convolution';
      layer: LayerOf<'convolution'>;
      shape: LayerShape;
      index: number;
      scaledFor: number | null;
    }
  | { kind: 'dense'; layer: LayerOf<'dense'>; index: number; scaledFor: number | null }
  | { kind: 'bias'; index: number }
  | { kind: 'activation'; activation: Activation }
  | {
      kind: 'normalization';
      layer: LayerOf<'batch-normalization'>;
      shape: LayerShape;
      index: number;
    }
  | { kind: 'pooling'; layer: LayerOf<'pooling'>; shape: LayerShape }
  | { kind: 'dropout'; draw: number; units: readonly number[] }
  | { kind: 'relu-dropout'; draw: number; units: readonly number[] }
  | { kind: 'flatten'; shape: LayerShape }
  | { kind: 'global-average-pooling'; shape: LayerShape };

/**
 * Two rewrites that change no result, only its cost:
 * - max-pooling goes before bias and activation: they keep order, so the largest stays the largest, and have less left to do;
 * - ReLU followed by dropout becomes one step, its scale moved to the convolution or product before it, which has fewer numbers
 *   to multiply (ReLU and pooling pass a positive factor on unchanged).
 */
export function lower(network: NetworkShape): Primitive[] {
  const primitives: Primitive[] = [];
  let draws = 0;
  for (let index = 0; index < network.layers.length; index++) {
    const shape = network.layers[index];
    if (!shape) break;
    const { layer } = shape;
    switch (layer.type) {
      case 'convolution':
      case 'dense': {
        primitives.push(
          layer.type === 'convolution'
            ? { kind: 'convolution', layer, shape, index, scaledFor: null }
            : { kind: 'dense', layer, index, scaledFor: null },
        );
        const next = network.layers[index + 1];
        const own = index;
        if (
          next?.layer.type === 'pooling' &&
          next.layer.kind === 'max' &&
          keepsOrder(layer.activation)
        ) {
          primitives.push({ kind: 'pooling', layer: next.layer, shape: next });
          index++;
        }
        if (layer.bias) primitives.push({ kind: 'bias', index: own });
        if (layer.activation !== 'none')
          primitives.push({ kind: 'activation', activation: layer.activation });
        break;
      }
      case 'pooling':
        primitives.push({ kind: 'pooling', layer, shape });
        break;
      case 'dropout':
        pushDropout(primitives, draws++, shape.output);
        break;
      case 'batch-normalization':
        primitives.push({ kind: 'normalization', layer, shape, index });
        if (layer.activation !== 'none')
          primitives.push({ kind: 'activation', activation: layer.activation });
        break;
      case 'flatten':
      case 'global-average-pooling':
        primitives.push({ kind: layer.type, shape });
        break;
    }
  }
  return primitives;
}

function pushDropout(primitives: Primitive[], draw: number, units: readonly number[]): void {
  const source = scalableSource(primitives);
  if (!source) {
    primitives.push({ kind: 'dropout', draw, units });
    return;
  }
  source.scaledFor = draw;
  primitives.pop();
  primitives.push({ kind: 'relu-dropout', draw, units });
}

/** The convolution or product that can take a dropout's scale: before it only pooling, then a ReLU at the very end. */
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
