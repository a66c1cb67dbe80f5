import { layerNames } from '../../../shared/layer-names.ts';
import type { LayerShape, NetworkShape } from '../../../shared/network-shape.ts';
import { DType, type GraphBuilder } from './builder.ts';
import { fill } from './arrays.ts';
import { weightStart } from './random.ts';
import type { Variable, Variables } from './variables.ts';

/** The variables of a layer that the optimizer changes. */
export const trainableVariables = ({ weights, bias, normalization }: LayerWeights): Variable[] =>
  [weights, bias, normalization?.scale, normalization?.shift].filter(
    (variable) => variable !== undefined,
  );

/** Per channel, [C] each: γ, β, and the running mean and variance that prediction uses. */
export interface Normalization {
  scale: Variable;
  shift: Variable;
  mean: Variable;
  variance: Variable;
}

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

/** Makes every layer's variables, named by type and number: convolution_1/weights, dense_2/bias, … */
export function makeWeights(
  g: GraphBuilder,
  variables: Variables,
  network: NetworkShape,
  seed: number,
): LayerWeights[] {
  const names = layerNames(network.layers.map(({ layer }) => layer));
  return network.layers.map((shape, index): LayerWeights => {
    const { layer } = shape;
    const prefix = names[index] ?? '';
    const constant = (name: string, value: number): Variable =>
      variables.make(
        `${prefix}/${name}`,
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
      `${prefix}/weights`,
      dims,
      DType.float32,
      weightStart(g, layer.start, dims, seed, index),
    );
    return layer.bias ? { weights, bias: constant('bias', 0) } : { weights };
  });
}
