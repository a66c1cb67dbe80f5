import * as v from 'valibot';
import { sizeAt } from '../../shared/schema-parts.ts';

/** [height, width] in pixels; null: as they are. */
export type ImageSize = [number, number] | null;

const size = sizeAt('data.imageSize');

/** What was typed as an image size: `32`, `24x32`, or nothing; undefined where it is none that is allowed. */
export function imageSizeOf(text: string): ImageSize | undefined {
  const plain = text.trim();
  if (plain === '') return null;
  const [, height = '', width = height] = /^(\d+)(?:\s*[x×*]\s*(\d+))?$/i.exec(plain) ?? [];
  const typed = [Number(height), Number(width)];
  return height !== '' && v.is(size, typed) ? typed : undefined;
}

/** The size as a person types it; empty: as they are. */
export function imageSizeText(size: ImageSize): string {
  if (size === null) return '';
  const [height, width] = size;
  return height === width ? String(height) : `${height}×${width}`;
}
