import type { LayerOf } from '../../../../shared/config.ts';
import type { LayerShape } from '../../../../shared/network-shape.ts';
import { attribute, DType, type GraphBuilder, type Tensor } from '../builder.ts';
import { pad, reshape, shapeOf, slice } from '../arrays.ts';
import type { Differentiable } from '../differentiable.ts';
import { binary, cast, multiply, scale, unary } from '../ops.ts';
import { asChannels, asColumns } from '../interleaving.ts';

function windowAttributes(
  layer: LayerOf<'pooling'>,
  type: DType,
  padding = layer.padding.toUpperCase(),
) {
  return {
    T: attribute.type(type),
    ksize: attribute.ints([1, ...layer.size, 1]),
    strides: attribute.ints([1, ...layer.stride, 1]),
    padding: attribute.string(padding),
    data_format: attribute.string('NHWC'),
  };
}

function maxPool(g: GraphBuilder, layer: LayerOf<'pooling'>, x: Tensor): Differentiable {
  const attr = windowAttributes(layer, x.type);
  const y = g.op('MaxPool', x.type, [x], attr);
  return { output: y, backward: (dy) => g.op('MaxPoolGrad', x.type, [x, y, dy], attr) };
}

/** Mean of what lies inside the image: padding does not count. */
function averagePool(g: GraphBuilder, layer: LayerOf<'pooling'>, x: Tensor): Differentiable {
  const attr = windowAttributes(layer, x.type);
  return {
    output: g.op('AvgPool', x.type, [x], attr),
    backward: (dy) => g.op('AvgPoolGrad', x.type, [shapeOf(g, x), dy], attr),
  };
}

/**
 * Square root of the sum of squares over the window; padding adds zeros. d√s/dx = x/√s, taken as 0 where the window is all zero. It is
 * computed in float32: a sum of squares would lose most of bfloat16's eight bits.
 */
function l2Pool(
  g: GraphBuilder,
  layer: LayerOf<'pooling'>,
  shape: LayerShape,
  input: Tensor,
): Differentiable {
  const x = cast(g, input, DType.float32);
  const { height, width } = shape.pads;
  const [rows = 1, columns = 1] = shape.input;
  const squares = pad(g, unary(g, 'Square', x), [0, 0, ...height, ...width, 0, 0]);
  const attr = windowAttributes(layer, DType.float32, 'VALID');
  const windowSize = layer.size[0] * layer.size[1];
  const sum = scale(g, g.op('AvgPool', DType.float32, [squares], attr), windowSize);
  const y = unary(g, 'Sqrt', sum);
  return {
    output: cast(g, y, input.type),
    backward: (gradient) => {
      const perSum = scale(
        g,
        binary(g, 'DivNoNan', cast(g, gradient, DType.float32), y),
        windowSize,
      );
      const spread = g.op('AvgPoolGrad', DType.float32, [shapeOf(g, squares), perSum], attr);
      const inside = slice(g, spread, [0, height[0], width[0], 0], [-1, rows, columns, -1]);
      return cast(g, multiply(g, inside, x), input.type);
    },
  };
}

/**
 * Maximum, mean or L2 norm over windows, x [N, H, W, C] -> y [N, H', W', C].
 * @param sideBySide number of images that lie side by side; for pooling they are just more channels
 */
export function forwardPooling(
  g: GraphBuilder,
  layer: LayerOf<'pooling'>,
  shape: LayerShape,
  x: Tensor,
  sideBySide: number,
): Differentiable {
  if (sideBySide === 1) return poolImages(g, layer, shape, x);
  const pooled = poolImages(g, layer, shape, asChannels(g, x, shape.input, sideBySide));
  return {
    output: asColumns(g, pooled.output, shape.output, sideBySide),
    backward: (dy) => {
      const dx = pooled.backward(asChannels(g, dy, shape.output, sideBySide));
      return asColumns(g, dx, shape.input, sideBySide);
    },
  };
}

function poolImages(
  g: GraphBuilder,
  layer: LayerOf<'pooling'>,
  shape: LayerShape,
  x: Tensor,
): Differentiable {
  switch (layer.kind) {
    case 'max':
      return maxPool(g, layer, x);
    case 'average':
      return averagePool(g, layer, x);
    case 'l2':
      return l2Pool(g, layer, shape, x);
  }
}

/** Mean over each channel's image, x [N, H, W, C] -> y [N, C]; with images side by side x is [N/k, H, W·k, C]. */
export function forwardGlobalAveragePooling(
  g: GraphBuilder,
  shape: LayerShape,
  x: Tensor,
  sideBySide: number,
): Differentiable {
  const [height = 1, width = 1, channels = 1] = shape.input;
  const images = asChannels(g, x, shape.input, sideBySide);
  const attr = {
    T: attribute.type(x.type),
    ksize: attribute.ints([1, height, width, 1]),
    strides: attribute.ints([1, height, width, 1]),
    padding: attribute.string('VALID'),
    data_format: attribute.string('NHWC'),
  };
  return {
    output: reshape(g, g.op('AvgPool', x.type, [images], attr), [-1, channels]),
    backward: (gradient) => {
      const dy = reshape(g, gradient, [-1, 1, 1, channels * sideBySide]);
      const dx = g.op('AvgPoolGrad', x.type, [shapeOf(g, images), dy], attr);
      return asColumns(g, dx, shape.input, sideBySide);
    },
  };
}
