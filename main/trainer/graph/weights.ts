import type { LayerConfig } from '../../../shared/config.ts';
import type { LayerShape, NetworkShape } from '../../../shared/network-shape.ts';
import { DType, type GraphBuilder } from './builder.ts';
import type { Normalization } from './layers/batch-normalization.ts';
import { fill } from './ops.ts';
import { weightStart } from './random.ts';
import type { Variable, Variables } from './variables.ts';

/** The variables of one layer; a layer has those that its type asks for. */
export interface LayerWeights {
  weights?: Variable;
  bias?: Variable;
  normalization?: Normalization;
}

/** Shape of a layer's weights; empty where it has none. */
function weightShape({ layer, input, output }: LayerShape): number[] {
  const inputs = input.at(-1) ?? 0;
  if (layer.type === 'convolution') return [...layer.kernel, inputs, layer.filters];
  if (layer.type === 'dense') return [inputs, output[0]];
  return [];
}

const prefixes: Partial<Record<LayerConfig['type'], string>> = {
  convolution: 'convolution',
  dense: 'dense',
  'batch-normalization': 'batch_normalization',
};

/** Makes every layer's variables, named by type and number: convolution_1/weights, dense_2/bias, … */
export function makeWeights(
  g: GraphBuilder,
  variables: Variables,
  network: NetworkShape,
  seed: number,
): LayerWeights[] {
  const counts = new Map<string, number>();
  return network.layers.map((shape, index): LayerWeights => {
    const { layer } = shape;
    const prefix = prefixes[layer.type];
    if (prefix === undefined) return {};
    const number = (counts.get(prefix) ?? 0) + 1;
    counts.set(prefix, number);
    const constant = (name: string, value: number): Variable =>
      variables.make(
        `${prefix}_${number}/${name}`,
        [shape.output.at(-1) ?? 0],
        DType.float32,
        fill(g, [shape.output.at(-1) ?? 0], g.float(value)),
      );
    if (layer.type === 'batch-normalization') {
      return {
        normalization: {
          scale: constant('scale', 1),
          shift: constant('shift', 0),
          mean: constant('mean', 0),
          variance: constant('variance', 1),
        },
      };
    }
    if (layer.type !== 'convolution' && layer.type !== 'dense') return {};
    const dims = weightShape(shape);
    const weights = variables.make(
      `${prefix}_${number}/weights`,
      dims,
      DType.float32,
      weightStart(g, layer.start, dims, seed, index),
    );
    return layer.bias ? { weights, bias: constant('bias', 0) } : { weights };
  });
}
