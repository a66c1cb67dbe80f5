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

/** Which region of a picture is used, and its place on the example. */
export interface PicturePlan {
  /** The region in the picture as it is stored, in whole pixels. */
  region: PictureRegion;
  /** The size that the region is resized to, still in the stored orientation. */
  size: PictureSize;
  /** The place of the resized region on the upright example. */
  place: PictureRegion;
}

/** The largest size with the aspect ratio of `shape` that fits into `room`. */
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

/** The region in the stored picture that a part of the upright picture, of size `upright`, comes from. */
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
 * `stretch` uses the whole picture; `crop` uses the largest middle part with the form's aspect ratio; `pad` puts the whole picture in the
 * middle, as large as fits.
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
