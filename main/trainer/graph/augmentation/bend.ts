import type { Augmentation } from '../../../../shared/augmentation.ts';
import { pack, unpack } from '../arrays.ts';
import { DType, type GraphBuilder, type Tensor } from '../builder.ts';
import type { ImageShape } from '../../../../shared/network-shape.ts';
import { add } from '../ops.ts';
import { affineSources } from './affine.ts';
import { samplePixels } from './bilinear.ts';
import { drawCentred, type Draw, type ImageChange } from './draws.ts';
import { displacementField } from './elastic.ts';

/**
 * Shifts, rotates, scales, shears and bends each image by its own draws. For each pixel of the result, the source place is computed and the
 * value there interpolated between the four pixels around it; outside the image is background.
 * @returns null if all of these changes are off
 */
export function bendImages(
  g: GraphBuilder,
  augmentation: Augmentation,
  image: ImageShape,
  draw: Draw,
): ImageChange | null {
  const { shift, rotate, scale, shear, elastic } = augmentation;
  if ([shift, rotate, scale, shear].every((most) => most === 0) && !elastic) return null;
  const dims = (...sizes: Tensor[]): Tensor => pack(g, sizes, DType.int32);
  const moves = unpack(
    g,
    drawCentred(g, dims(g.int(5), draw.examples, g.int(1)), draw, 'moves'),
    5,
  );
  const field = dims(draw.examples, g.int(image.height), g.int(image.width));
  const noise = elastic
    ? [drawCentred(g, field, draw, 'elasticX'), drawCentred(g, field, draw, 'elasticY')]
    : [];
  return (pixels, { count, of }) => {
    const affine = affineSources(g, augmentation, image, moves.map(of));
    const [x, y] = affine.map((source, axis) => {
      const drawn = noise[axis];
      return elastic && drawn
        ? add(g, source, displacementField(g, elastic, image, of(drawn)))
        : source;
    });
    if (!x || !y) throw new Error('two axes');
    return samplePixels(g, image, pixels, x, y, count);
  };
}
