import type { LayerOf } from '../../shared/config.ts';
import type { LayerShape } from '../../shared/network-shape.ts';
import { activationWords } from '../../shared/fields/choices.ts';

/** The rule of each layer on the way back, in words. */

const pools: Record<LayerOf<'pooling'>['kind'], string> = {
  max: 'The maximum sends all of a gradient to the value that won, of equal ones to the first; the others get nothing.',
  average: 'The mean shares a gradient equally among the values of its window.',
  l2: 'The L2 norm shares a gradient by value: each gets its own share of the norm.',
};
export const poolingRule = (kind: LayerOf<'pooling'>['kind']): string => pools[kind];

export function layerRule({ layer }: LayerShape): string {
  const bent =
    'activation' in layer && layer.activation !== 'none'
      ? `First times the slope of ${activationWords[layer.activation]} at each place. Then: `
      : '';
  switch (layer.type) {
    case 'convolution':
      return `${bent}each input gets what flowed to the windows that it lies in, times the weight it was multiplied by there. Each weight gets a sum over all places: the input below it times the gradient there.`;
    case 'dense':
      return `${bent}each input gets the sum of its weights times the gradients they lead to. Each weight gets its input times the gradient of its unit.`;
    case 'pooling':
      return pools[layer.kind];
    case 'global-average-pooling':
      return 'The mean over a map gives each of its places the same small share.';
    case 'batch-normalization':
      return `${bent}the gradient is multiplied by the one factor that the channel was multiplied by.`;
    case 'dropout':
      return 'In prediction nothing is dropped: the gradient passes as it is.';
    case 'flatten':
      return 'The row is folded back into maps; no number changes.';
  }
}
