import { elementCount } from '../../../../shared/network-shape.ts';
import { inOneRow, reshape } from '../arrays.ts';
import { DType, type Tensor } from '../builder.ts';
import type { Placeholders } from '../inputs.ts';
import { gradientsBackward, layersInFloat32 } from '../layers-in-float32.ts';
import { plainLoss, softmaxCrossEntropy } from '../loss.ts';
import type { BatchContext } from '../model.ts';
import type { EntryPoints } from '../saved-model.ts';
import type { LayerWeights } from '../weights.ts';
import type { Variable } from '../variables.ts';

/** A variable of a layer, by what it is to that layer. */
export interface NamedVariable {
  name: 'weights' | 'bias' | 'scale' | 'shift' | 'mean' | 'variance';
  variable: Variable;
}

/** The variables that a layer computes with, in the order in which they are answered. */
export const namedVariables = ({ weights, bias, normalization }: LayerWeights): NamedVariable[] => [
  ...(weights ? [{ name: 'weights', variable: weights } as const] : []),
  ...(bias ? [{ name: 'bias', variable: bias } as const] : []),
  ...(normalization
    ? [
        { name: 'scale', variable: normalization.scale } as const,
        { name: 'shift', variable: normalization.shift } as const,
        { name: 'mean', variable: normalization.mean } as const,
        { name: 'variance', variable: normalization.variance } as const,
      ]
    : []),
];

/** Whether the way back in prediction mode gives a gradient: there a batch normalisation is a fixed factor and summand. */
export const hasGradient = ({ name }: NamedVariable): boolean =>
  name === 'weights' || name === 'bias';

/**
 * The entry point that answers one example's way through the network and back, in prediction mode and in float32: all layers' numbers one
 * after the other, which the session takes apart.
 */
export function backpropagationEntryPoint(
  context: BatchContext,
  { images }: Placeholders,
): EntryPoints {
  const { g, network, weights } = context.model;
  return g.within('backpropagation', () => {
    const { layers, shared } = layersInFloat32(context);
    const of = g.placeholder('class', DType.int32, []);
    const classes = elementCount(network.layers.at(-1)?.output ?? []);
    const scores = layers.at(-1)?.output;
    if (!scores) return {};
    const labels = reshape(g, of, [1]);
    const loss = softmaxCrossEntropy(g, scores, labels, classes, plainLoss, g.int(1));
    const { atOutputs, atImage } = gradientsBackward(context.model, layers, loss.gradient);
    const variables = weights.flatMap(namedVariables);
    const gradients = variables.filter(hasGradient).flatMap(({ variable }) => {
      const [gradient] = shared.gradients.get(variable) ?? [];
      return gradient ? [gradient] : [];
    });
    const outputs: Record<string, Tensor | null> = {
      loss: loss.each,
      image: inOneRow(g, [atImage]),
      outputs: inOneRow(
        g,
        layers.map(({ output }) => output),
      ),
      'before-activations': inOneRow(
        g,
        layers.flatMap(({ beforeActivation }) => beforeActivation ?? []),
      ),
      gradients: inOneRow(g, atOutputs),
      variables: inOneRow(
        g,
        variables.map(({ variable }) => shared.readVariable(variable)),
      ),
      'variable-gradients': inOneRow(g, gradients),
    };
    return {
      backpropagation: {
        inputs: { images, class: of },
        outputs: Object.fromEntries(
          Object.entries(outputs).flatMap(([name, tensor]) => (tensor ? [[name, tensor]] : [])),
        ),
      },
    };
  });
}
