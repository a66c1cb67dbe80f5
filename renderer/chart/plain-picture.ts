import type { DrawnForm } from '../../shared/drawn-image.ts';
import { paintImage } from '../drawing/paint-image.ts';
import type { Rgb, Scale } from '../../shared/diverging-scale.ts';
import { inkShares, paintOverlay } from './map-overlay.ts';

/** Ink of a drawing on the window's paper, or a photograph as it is; RGBA bytes. */
export function plainPicture(
  pixels: Uint8Array,
  form: DrawnForm,
  scale: Scale,
  inkColour: Rgb,
): Uint8ClampedArray<ArrayBuffer> {
  if (form.channels !== 1) return paintImage(pixels, form.channels);
  const { height, width } = form;
  const blank = { height, width, values: new Float32Array(height * width) };
  return paintOverlay(blank, inkShares(pixels, form), scale, inkColour);
}
