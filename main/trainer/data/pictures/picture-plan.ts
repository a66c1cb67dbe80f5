import { isTransposed, runsLeftward, runsUpward, type Orientation } from './orientation.ts';
import type { PictureForm } from './picture-form.ts';
import { uprightSize, type PictureHeader } from './picture-header.ts';

export interface PictureSize {
  height: number;
  width: number;
}

/** A part of a picture, in pixels. */
export interface PictureRegion extends PictureSize {
  top: number;
  left: number;
}

/** What is taken of a picture, and where it comes to stand on the example. */
export interface PicturePlan {
  /** Of the picture as it is stored; whole pixels. */
  region: PictureRegion;
  /** What the region is resized to, still as it is stored. */
  size: PictureSize;
  /** Where the resized region stands on the example, upright. */
  place: PictureRegion;
}

/** The largest size of the shape of `shape` that fits into `room`. */
function largestWithin(shape: PictureSize, room: PictureSize): PictureSize {
  const scale = Math.min(room.width / shape.width, room.height / shape.height);
  const side = (length: number, most: number): number =>
    Math.min(most, Math.max(1, Math.round(length * scale)));
  return { height: side(shape.height, room.height), width: side(shape.width, room.width) };
}

const centredIn = (size: PictureSize, room: PictureSize): PictureRegion => ({
  ...size,
  top: Math.floor((room.height - size.height) / 2),
  left: Math.floor((room.width - size.width) / 2),
});

/** Where a part of the upright picture of size `upright` lies in the stored one. */
function storedRegion(
  part: PictureRegion,
  upright: PictureSize,
  orientation: Orientation,
): PictureRegion {
  const [region, stored] = isTransposed(orientation)
    ? [
        { top: part.left, left: part.top, height: part.width, width: part.height },
        { height: upright.width, width: upright.height },
      ]
    : [part, upright];
  return {
    ...region,
    top: runsUpward(orientation) ? stored.height - region.top - region.height : region.top,
    left: runsLeftward(orientation) ? stored.width - region.left - region.width : region.left,
  };
}

/**
 * Stretch takes the whole picture; crop the largest middle part of the form's aspect; pad the whole picture, made so large that it just
 * fits inside, in the middle.
 */
export function planPicture(header: PictureHeader, form: PictureForm): PicturePlan {
  const upright = uprightSize(header);
  const target = { height: form.height, width: form.width };
  const part = centredIn(form.fit === 'crop' ? largestWithin(target, upright) : upright, upright);
  const place = centredIn(form.fit === 'pad' ? largestWithin(upright, target) : target, target);
  const { height, width } = place;
  return {
    region: storedRegion(part, upright, header.orientation),
    size: isTransposed(header.orientation) ? { height: width, width: height } : { height, width },
    place,
  };
}
