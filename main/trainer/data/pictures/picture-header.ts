import { isTransposed, type Orientation } from './orientation.ts';

/** What the header of a picture file says. */
export interface PictureHeader {
  format: 'PNG' | 'JPEG' | 'GIF' | 'BMP';
  /** Size in the orientation of the file; `uprightSize` gives that of the upright picture. */
  width: number;
  height: number;
  orientation: Orientation;
  /** Whether the file can hold anything but shades of grey. */
  hasColour: boolean;
  /** Whether it has an alpha channel, or a transparent colour (PNG, BMP). */
  hasAlpha: boolean;
  /** Whether it is a JPEG in CMYK. */
  isCmyk: boolean;
}

/** Width and height as the picture is looked at. */
export const uprightSize = ({
  width,
  height,
  orientation,
}: PictureHeader): { width: number; height: number } =>
  isTransposed(orientation) ? { width: height, height: width } : { width, height };
