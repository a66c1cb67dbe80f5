import { formatCount } from '../../shared/format.ts';
import { FailureError } from '../../shared/ipc.ts';
import { printable } from '../../shared/shown.ts';
import type { WholePicture } from './fit-picture.ts';
import { pictureHead } from './picture-size.ts';

/** Most bytes of a file, and most pixels of its picture, which takes four bytes for each. */
const MOST_BYTES = 64 * 2 ** 20;
const MOST_PIXELS = 100_000_000;
/** A larger picture is shrunk at once: an image of a network is far smaller. */
const MOST_SIDE = 1_024;

/**
 * Decodes a picture file in the page, the first frame of it, turned as its camera says.
 * @throws FailureError naming the file, what is wrong with it, and what to do
 */
export async function openPicture(file: Blob, name: string): Promise<WholePicture> {
  const where = printable(name.slice(0, 200));
  const refused = (what: string, remedy: string, cause?: unknown): FailureError =>
    new FailureError({ what, where, remedy }, { cause });
  if (file.size > MOST_BYTES)
    throw refused(
      `The file has ${formatCount(Math.ceil(file.size / 2 ** 20))} MB; at most ${MOST_BYTES / 2 ** 20} are read.`,
      'Save the picture smaller, or take another one.',
    );
  const head = pictureHead(await file.arrayBuffer());
  if (head === null)
    throw refused(
      'The file is no picture of a kind that is read here.',
      'Take a PNG, JPEG, GIF, BMP or WebP file.',
    );
  if (head.format !== 'WebP' && head.height * head.width > MOST_PIXELS)
    throw refused(
      `The picture has ${formatCount(head.width)}×${formatCount(head.height)} pixels; at most ${MOST_PIXELS / 1e6} million are read.`,
      'Save the picture smaller, or take another one.',
    );
  try {
    return await pixelsOf(file);
  } catch (error) {
    throw refused(
      `The ${head.format} file is damaged or cut off, or of a rare kind.`,
      'Open it in another program and save it anew as PNG, or take another picture.',
      error,
    );
  }
}

async function pixelsOf(file: Blob): Promise<WholePicture> {
  const whole = await createImageBitmap(file, { colorSpaceConversion: 'none' });
  const scale = Math.min(1, MOST_SIDE / Math.max(whole.width, whole.height));
  const [width, height] = [whole.width, whole.height].map((side) =>
    Math.max(1, Math.round(side * scale)),
  ) as [number, number];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this page has no canvas');
  context.imageSmoothingQuality = 'high';
  context.drawImage(whole, 0, 0, width, height);
  whole.close();
  return { height, width, rgba: context.getImageData(0, 0, width, height).data };
}
