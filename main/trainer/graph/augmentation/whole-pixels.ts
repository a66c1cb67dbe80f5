import type { Augmentation } from '../../../../shared/augmentation.ts';
import { gatherRows, pack, pad, range, reshape, unpack } from '../arrays.ts';
import { DType, type GraphBuilder, type Tensor } from '../builder.ts';
import type { ImageShape } from '../../../../shared/network-shape.ts';
import { add, binary, compare, multiply, select } from '../ops.ts';
import { drawShare, wholeBelow, type Draw, type ImageChange } from './draws.ts';

/**
 * Mirrors each image with probability 1/2 and moves it by up to `crop` whole pixels along each axis, as if it were cropped out of an image
 * with a border of `crop` pixels of background. The pixels' values do not change.
 * @returns null if both changes are off
 */
export function moveWholePixels(
  g: GraphBuilder,
  { flip, crop }: Augmentation,
  image: ImageShape,
  draw: Draw,
): ImageChange | null {
  if (!flip && crop === 0) return null;
  const { height, width, channels } = image;
  const framed = crop > 0 ? 1 : 0;
  const columnsInAll = width + 2 * framed;
  const isFlipped = flip ? drawFlips(g, draw) : null;
  const shifts = crop > 0 ? drawShifts(g, crop, draw) : null;
  /** The source of each row or column of the result, int32 [n, size] or [1, size]; if there is a frame, counted from its edge. */
  const sources = (from: Tensor, shift: Tensor | null, size: number): Tensor => {
    if (!shift) return from;
    const inside = binary(g, 'Maximum', add(g, from, shift), g.int(-1));
    return add(g, binary(g, 'Minimum', inside, g.int(size)), g.int(1));
  };
  return (pixels, { count, of }) => {
    const [down, right] = shifts?.map(of) ?? [null, null];
    const upright = reshape(g, range(g, g.int(width)), [1, width]);
    const mirrored = binary(g, 'Sub', g.int(width - 1), upright);
    const across = isFlipped ? select(g, of(isFlipped), mirrored, upright) : upright;
    const columns = sources(across, right ?? null, width);
    const rows = sources(reshape(g, range(g, g.int(height)), [1, height]), down ?? null, height);
    // Indices into all pixels of the shard, as one list: [n, 1, 1] + [n, H, 1] + [n, 1, W].
    const first = multiply(g, range(g, count), g.int((height + 2 * framed) * columnsInAll));
    const ofRows = add(
      g,
      reshape(g, first, [-1, 1, 1]),
      reshape(g, multiply(g, rows, g.int(columnsInAll)), [-1, height, 1]),
    );
    const places = add(g, ofRows, reshape(g, columns, [-1, 1, width]));
    // Places outside the image are looked up in a frame of background.
    const all = framed ? pad(g, pixels, [0, 0, 1, 1, 1, 1, 0, 0]) : pixels;
    return gatherRows(g, reshape(g, all, [-1, channels]), places);
  };
}

/** Whether each image is mirrored, bool [N, 1]. */
const drawFlips = (g: GraphBuilder, draw: Draw): Tensor =>
  compare(
    g,
    'Less',
    drawShare(g, pack(g, [draw.examples, g.int(1)], DType.int32), draw, 'flip'),
    g.float(0.5),
  );

/** Rows and columns by which each image is moved, −crop to crop: twice int32 [N, 1]. */
function drawShifts(g: GraphBuilder, crop: number, draw: Draw): Tensor[] {
  const dims = pack(g, [g.int(2), draw.examples, g.int(1)], DType.int32);
  const whole = wholeBelow(g, drawShare(g, dims, draw, 'crop'), 2 * crop + 1);
  return unpack(g, binary(g, 'Sub', whole, g.int(crop)), 2);
}
