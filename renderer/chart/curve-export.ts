import type { PictureFile, PictureFormat } from '../../shared/picture-file.ts';
import { paintShapes, shapesSvg, type ShapePicture } from './picture-shapes.ts';

/** A chart's picture or numbers, to be saved or copied. */
export interface CurveExport {
  does: 'copy' | 'save';
  file: PictureFile;
}

/** Points of a PNG for each of the picture's: enough for print. */
const SCALE = 3;

/** @returns the file's bytes */
export async function exportBytes(
  format: PictureFormat,
  picture: ShapePicture,
  csv: () => string,
): Promise<Uint8Array> {
  if (format === 'csv') return new TextEncoder().encode(csv());
  if (format === 'svg') return new TextEncoder().encode(shapesSvg(picture));
  const canvas = new OffscreenCanvas(picture.width * SCALE, picture.height * SCALE);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas to paint on');
  paintShapes(context, picture, SCALE);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return new Uint8Array(await blob.arrayBuffer());
}
