import { elementCount, type LayerShape } from '../network-shape.ts';
import type { LayerWay } from '../questions.ts';
import { activationRules } from '../activations.ts';
import { convolutionBackward, denseBackward, type LinearGradients } from './linear.ts';
import { poolBackward } from './pooling.ts';
import type { Numbers } from './window.ts';

type VariableName = LayerWay['variables'][number]['name'];

/** What a layer's backward rule gives. */
export interface BackwardLayer {
  /** dx, with respect to the layer's input. */
  input: Float64Array;
  /** dz, with respect to what its activation is given; of the output where it has none. */
  beforeActivation: Numbers;
  /** With respect to its weights and its bias, where it has them. */
  weights: Float64Array | null;
  bias: Float64Array | null;
}

/**
 * One layer's rule in prediction mode, where dropout passes everything on and batch normalisation is a factor and a summand.
 * @param x its input
 * @param dy gradient with respect to its output
 */
export function layerBackward(
  shape: LayerShape,
  way: Pick<LayerWay, 'beforeActivation' | 'variables'>,
  x: Numbers,
  dy: Numbers,
): BackwardLayer {
  const { layer } = shape;
  const valuesOf = (name: VariableName): Numbers =>
    way.variables.find((variable) => variable.name === name)?.values ?? [];
  const dz = beforeActivation(shape, way.beforeActivation, dy);
  const passed = (input: Float64Array): BackwardLayer => ({
    input,
    beforeActivation: dz,
    weights: null,
    bias: null,
  });
  const learned = (gradients: LinearGradients, hasBias: boolean): BackwardLayer => ({
    input: gradients.input,
    beforeActivation: dz,
    weights: gradients.weights,
    bias: hasBias ? gradients.bias : null,
  });
  switch (layer.type) {
    case 'convolution':
      return learned(convolutionBackward(shape, layer, x, valuesOf('weights'), dz), layer.bias);
    case 'dense':
      return learned(denseBackward(x, valuesOf('weights'), dz), layer.bias);
    case 'pooling':
      return passed(poolBackward({ shape, layer }, x, dz));
    case 'global-average-pooling': {
      const channels = dz.length;
      const places = elementCount(shape.input) / channels;
      return passed(Float64Array.from(x, (_, at) => (dz[at % channels] ?? 0) / places));
    }
    case 'batch-normalization': {
      const [scale, variance] = [valuesOf('scale'), valuesOf('variance')];
      const factors = Float64Array.from(
        scale,
        (gamma, c) => gamma / Math.sqrt((variance[c] ?? 0) + layer.epsilon),
      );
      return passed(
        Float64Array.from(dz, (gradient, at) => gradient * (factors[at % factors.length] ?? 0)),
      );
    }
    case 'dropout':
    case 'flatten':
      return passed(Float64Array.from(dz));
  }
}

/**
 * dz = dy · f′(z), with respect to what a layer's activation is given.
 * @param z null: the layer has no activation
 */
export function beforeActivation({ layer }: LayerShape, z: Numbers | null, dy: Numbers): Numbers {
  if (z === null || !('activation' in layer)) return dy;
  const { derivative } = activationRules[layer.activation];
  return Float64Array.from(dy, (gradient, at) => gradient * derivative(z[at] ?? 0));
}
