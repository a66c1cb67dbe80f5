import { fitPlaces, type PictureRegion, type PictureSize } from '../../../../shared/picture-fit.ts';
import { isTransposed, runsLeftward, runsUpward, type Orientation } from './orientation.ts';
import type { PictureForm } from './picture-form.ts';
import { uprightSize, type PictureHeader } from './picture-header.ts';

/** Which region of a picture is used, and its place on the example. */
export interface PicturePlan {
  /** The region in the picture as it is stored, in whole pixels. */
  region: PictureRegion;
  /** The size that the region is resized to, still in the stored orientation. */
  size: PictureSize;
  /** The place of the resized region on the upright example. */
  place: PictureRegion;
}

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

export function planPicture(header: PictureHeader, form: PictureForm): PicturePlan {
  const upright = uprightSize(header);
  const { part, place } = fitPlaces(upright, form, form.fit);
  const { height, width } = place;
  return {
    region: storedRegion(part, upright, header.orientation),
    size: isTransposed(header.orientation) ? { height: width, width: height } : { height, width },
    place,
  };
}
