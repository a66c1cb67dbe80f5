import { isTransposed, type Orientation } from './orientation.ts';

/** What a picture file tells of itself before it is decoded. */
export interface PictureHeader {
  format: 'PNG' | 'JPEG' | 'GIF' | 'BMP';
  /** Pixels as they are stored; `uprightSize` has them as the picture is looked at. */
  width: number;
  height: number;
  orientation: Orientation;
  /** Whether the file can say anything but shades of grey. */
  hasColour: boolean;
  /** Whether it has a channel of opacity, or a colour that is transparent (PNG, BMP). */
  hasAlpha: boolean;
  /** Whether a JPEG has the four inks of print. */
  isCmyk: boolean;
}

/** Width and height as the picture is looked at. */
export const uprightSize = ({
  width,
  height,
  orientation,
}: PictureHeader): { width: number; height: number } =>
  isTransposed(orientation) ? { width: height, height: width } : { width, height };
