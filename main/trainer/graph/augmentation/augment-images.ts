import type { Augmentation } from '../../../../shared/augmentation.ts';
import { concat } from '../arrays.ts';
import type { GraphBuilder, Tensor } from '../builder.ts';
import type { ImageShape } from '../../../../shared/network-shape.ts';
import { rowsOfShards } from '../layout.ts';
import { bendImages } from './bend.ts';
import { cutOutSquares } from './cut-out.ts';
import type { Draw } from './draws.ts';
import { lightImages } from './light.ts';
import { moveWholePixels } from './whole-pixels.ts';

/**
 * Changes each image by random draws of its own: flips and crops it, then warps it, then changes its brightness and contrast, and at last
 * cuts out a square. A change that is off costs nothing.
 * @param pixels float32 [N, H, W, C], 0 to 1
 * @param shards parts of the batch that are worked on at the same time
 * @returns float32 [N, H, W, C], 0 to 1; null if every change is off
 */
export const augmentImages = (
  g: GraphBuilder,
  augmentation: Augmentation,
  image: ImageShape,
  pixels: Tensor,
  draw: Draw,
  shards: number,
): Tensor | null =>
  g.within('augmentation', () => {
    const changes = [
      moveWholePixels(g, augmentation, image, draw),
      bendImages(g, augmentation, image, draw),
      lightImages(g, augmentation, draw),
      cutOutSquares(g, augmentation, image, draw),
    ].filter((change) => change !== null);
    if (changes.length === 0) return null;
    const parts = rowsOfShards(g, draw.examples, shards).map((rows) =>
      changes.reduce((changed, change) => change(changed, rows), rows.of(pixels)),
    );
    return concat(g, parts);
  });
