import type { Augmentation } from '../../../../shared/augmentation.ts';
import { pack } from '../arrays.ts';
import { DType, type GraphBuilder, type Tensor } from '../builder.ts';
import { add, binary, multiply, reduce, scale } from '../ops.ts';
import { drawCentred, type Draw, type ImageChange } from './draws.ts';

/** Mean of each channel of each image: [n, H, W, C] -> [n, 1, 1, C]. */
export const channelMeans = (g: GraphBuilder, pixels: Tensor): Tensor =>
  reduce(g, 'Mean', pixels, [1, 2], true);

/**
 * Changes each image's brightness and contrast by its own draws, in all channels alike: a pixel p becomes m + b + f·(p − m), where m is its
 * channel's mean over the image, b is within ±brightness and f within 1 ± contrast. The result is clipped to 0…1.
 * @returns null if both changes are off
 */
export function lightImages(
  g: GraphBuilder,
  { brightness, contrast }: Augmentation,
  draw: Draw,
): ImageChange | null {
  if (brightness === 0 && contrast === 0) return null;
  const dims = pack(g, [draw.examples, g.int(1), g.int(1), g.int(1)], DType.int32);
  const more =
    brightness > 0 ? scale(g, drawCentred(g, dims, draw, 'brightness'), brightness) : null;
  const factor =
    contrast > 0
      ? add(g, scale(g, drawCentred(g, dims, draw, 'contrast'), contrast), g.float(1))
      : null;
  return (pixels, { of }) => {
    const contrasted = factor ? aroundMeans(g, pixels, of(factor)) : pixels;
    const lit = more ? add(g, contrasted, of(more)) : contrasted;
    return binary(g, 'Minimum', binary(g, 'Maximum', lit, g.float(0)), g.float(1));
  };
}

/** m + f·(p − m), as f·p + (1 − f)·m: two passes over the pixels. */
function aroundMeans(g: GraphBuilder, pixels: Tensor, factor: Tensor): Tensor {
  const rest = multiply(g, channelMeans(g, pixels), binary(g, 'Sub', g.float(1), factor));
  return add(g, multiply(g, pixels, factor), rest);
}
