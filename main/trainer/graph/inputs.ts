import type { ImageShape, NetworkShape } from '../../../shared/network-shape.ts';
import { DType, type GraphBuilder, type Tensor } from './builder.ts';
import { decodeBytes, reshape, shapeOf, split, unpack } from './arrays.ts';
import { add, cast, scale } from './ops.ts';
import { FED_NUMBERS } from './fed-numbers.ts';

/** What the entry points are fed. */
export interface Placeholders {
  /** Raw bytes of a batch; for several steps, of one equally large batch for each step, one after the other. */
  images: Tensor;
  labelBytes: Tensor;
  /** Steps done before, int32 scalar. */
  step: Tensor;
  /** Float32 row: for each step in turn the numbers named in FED_NUMBERS, then the dropout rates. */
  settings: Tensor;
  prefix: Tensor;
  unused: Tensor;
}

export const makePlaceholders = (g: GraphBuilder): Placeholders => ({
  images: g.placeholder('images', DType.string, []),
  labelBytes: g.placeholder('labels', DType.string, []),
  step: g.placeholder('step', DType.int32, []),
  settings: g.placeholder('settings', DType.float32, [-1]),
  prefix: g.placeholder('prefix', DType.string, []),
  unused: g.placeholder('unused', DType.int32, []),
});

/** The inputs of one step or one batch, decoded. */
export interface Inputs {
  /** [N, H, W, C], 0 to 1: in float32, and then in the type of the computation. */
  pixels32: Tensor;
  pixels: Tensor;
  /** int32 [N]. */
  labels: Tensor;
  /** N, int32 scalar. */
  examples: Tensor;
  /** Steps done before this one, int32 scalar. */
  step: Tensor;
  /** Float32 scalars: the settings in the order of FED_NUMBERS, and the rate of each dropout. */
  settings: readonly Tensor[];
  dropRates: readonly Tensor[];
}

/** Bytes fed as one string -> uint8 [N, H, W, C]. */
export const decodeImages = (
  g: GraphBuilder,
  fed: Tensor,
  { height, width, channels }: ImageShape,
): Tensor => reshape(g, decodeBytes(g, fed), [-1, height, width, channels]);

/** uint8 -> float32 of the same shape, 0 to 1. */
export const toBrightness = (g: GraphBuilder, images: Tensor): Tensor =>
  scale(g, cast(g, images, DType.float32), 1 / 255);

/** Labels are fed as bytes, or as pairs of them (data/examples.ts). */
const labelType = ({ classes }: ImageShape): DType => (classes > 256 ? DType.uint16 : DType.uint8);

/** What determines the form of the inputs: the images, the layers, and the type of the computation. */
interface InputForm {
  image: ImageShape;
  network: NetworkShape;
  compute: DType;
}

/**
 * Decodes what is fed: images and labels as bytes -> [N, H, W, C] and [N], for each of `count` steps.
 * @throws Error where a step is fed nothing
 */
export function makeInputs(
  g: GraphBuilder,
  fed: Placeholders,
  { image, network, compute }: InputForm,
  count: number,
): Inputs[] {
  const dropouts = network.layers.filter(({ layer }) => layer.type === 'dropout').length;
  // The images of all steps, one after the other: raw [N · count, H, W, C].
  const raw = decodeImages(g, fed.images, image);
  const labels = split(g, decodeBytes(g, fed.labelBytes, labelType(image)), count);
  const settings = split(g, fed.settings, count);
  return split(g, raw, count).map((images, k): Inputs => {
    const [examples] = unpack(g, shapeOf(g, images), 4);
    const [labelBytes, row] = [labels[k], settings[k]];
    if (!examples || !labelBytes || !row) throw new Error(`step ${k} is fed nothing`);
    const pixels32 = toBrightness(g, images);
    const numbers = unpack(g, row, FED_NUMBERS.length + dropouts);
    return {
      pixels32,
      pixels: cast(g, pixels32, compute),
      labels: cast(g, labelBytes, DType.int32),
      examples,
      step: k === 0 ? fed.step : add(g, fed.step, g.int(k)),
      settings: numbers.slice(0, FED_NUMBERS.length),
      dropRates: numbers.slice(FED_NUMBERS.length),
    };
  });
}
