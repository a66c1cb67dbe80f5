import type { Augmentation } from '../../../../shared/augmentation.ts';
import { pack, reshape, tile, unpack } from '../arrays.ts';
import { DType, type GraphBuilder, type Tensor } from '../builder.ts';
import type { ImageShape } from '../../../../shared/network-shape.ts';
import { add, binary, cast, compare, logicalAnd, multiply } from '../ops.ts';
import { drawShare, wholeBelow, type Draw, type ImageChange } from './draws.ts';
import { channelMeans } from './light.ts';

/**
 * Fills a square of `cutOut` by `cutOut` pixels of each image with the image's mean, taken for each channel. Any pixel may be its middle,
 * so a square at the border lies partly outside (DeVries & Taylor 2017, who subtract the mean beforehand and so fill with 0).
 * @returns null if this change is off
 */
export function cutOutSquares(
  g: GraphBuilder,
  { cutOut }: Augmentation,
  { height, width, channels }: ImageShape,
  draw: Draw,
): ImageChange | null {
  if (cutOut === 0) return null;
  const dims = pack(g, [g.int(2), draw.examples, g.int(1)], DType.int32);
  const [down, right] = unpack(g, drawShare(g, dims, draw, 'cutOut'), 2);
  if (!down || !right) throw new Error('two axes');
  /** 1 where the square covers a place of the axis, else 0, each place repeated `each` times: float32 [N, size · each]. */
  const covered = (shares: Tensor, size: number, each: number): Tensor => {
    const first = binary(g, 'Sub', wholeBelow(g, shares, size), g.int(Math.floor(cutOut / 2)));
    const places = reshape(g, g.ints(repeatEach(size, each)), [1, -1]);
    const isCovered = logicalAnd(
      g,
      compare(g, 'GreaterEqual', places, first),
      compare(g, 'Less', places, add(g, first, g.int(cutOut))),
    );
    return cast(g, isCovered, DType.float32);
  };
  const inRow = width * channels;
  const rows = covered(down, height, 1);
  const columns = covered(right, width, channels);
  return (pixels, { of }) => {
    // Pixels and channels of a row share an axis, [n, H, W·C]: TensorFlow broadcasts fast along the last axis, and slowly across it.
    const ofRows = reshape(g, of(rows), [-1, height, 1]);
    const ofColumns = reshape(g, of(columns), [-1, 1, inRow]);
    const means = tile(g, reshape(g, channelMeans(g, pixels), [-1, 1, channels]), [1, 1, width]);
    const filling = multiply(g, ofColumns, means);
    const kept = binary(g, 'Sub', g.float(1), multiply(g, ofRows, ofColumns));
    // A kept pixel is multiplied by 1 and has 0 added, so it keeps every bit.
    const flat = multiply(g, reshape(g, pixels, [-1, height, inRow]), kept);
    const filled = add(g, flat, multiply(g, ofRows, filling));
    return reshape(g, filled, [-1, height, width, channels]);
  };
}

/** 0, 1, … size − 1, each repeated `each` times. */
const repeatEach = (size: number, each: number): number[] =>
  Array.from({ length: size * each }, (_, k) => Math.floor(k / each));
