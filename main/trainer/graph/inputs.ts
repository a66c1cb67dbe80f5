import { DType, type GraphBuilder, type Tensor } from './builder.ts';
import { decodeBytes, reshape, shapeOf, unpack } from './arrays.ts';
import { cast, scale } from './ops.ts';
import { SETTINGS } from './settings-order.ts';

/** What the data looks like to a network. */
export interface ImageShape {
  height: number;
  width: number;
  channels: number;
  classes: number;
}

/** What the entry points are fed, and what is read from it. */
export interface Inputs {
  images: Tensor;
  labelBytes: Tensor;
  step: Tensor;
  settings: Tensor;
  prefix: Tensor;
  unused: Tensor;
  /** [N, height, width, channels], 0 to 1, float32, and in the type of the computation. */
  pixels32: Tensor;
  pixels: Tensor;
  /** int32 [N]. */
  labels: Tensor;
  /** N, int32 scalar. */
  examples: Tensor;
}

export function makeInputs(
  g: GraphBuilder,
  image: ImageShape,
  dropouts: number,
  compute: DType,
): Inputs {
  const images = g.placeholder('images', DType.string, []);
  const labelBytes = g.placeholder('labels', DType.string, []);
  const { height, width, channels } = image;
  const raw = reshape(g, decodeBytes(g, images), [-1, height, width, channels]);
  const [examples] = unpack(g, shapeOf(g, raw), 4);
  if (!examples) throw new Error('a batch has no first axis');
  const pixels32 = scale(g, cast(g, raw, DType.float32), 1 / 255);
  return {
    images,
    labelBytes,
    step: g.placeholder('step', DType.int32, []),
    settings: g.placeholder('settings', DType.float32, [SETTINGS.length + dropouts]),
    prefix: g.placeholder('prefix', DType.string, []),
    unused: g.placeholder('unused', DType.int32, []),
    pixels32,
    pixels: cast(g, pixels32, compute),
    labels: cast(g, decodeBytes(g, labelBytes), DType.int32),
    examples,
  };
}
