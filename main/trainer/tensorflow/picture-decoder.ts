import { readBmpPixels } from '../data/pictures/bmp-pixels.ts';
import { makeExamplePixels } from '../data/pictures/example-pixels.ts';
import { takeFirstFrame } from '../data/pictures/gif-frame.ts';
import { countScans } from '../data/pictures/jpeg-header.ts';
import type { DecodePicture, PictureForm } from '../data/pictures/picture-form.ts';
import type { PictureHeader } from '../data/pictures/picture-header.ts';
import { readPictureHeader } from '../data/pictures/read-picture-header.ts';
import { planPicture, type PicturePlan } from '../data/pictures/picture-plan.ts';
import {
  concatenatePixels,
  decodeGif,
  decodeJpeg,
  decodePng,
  fillPixels,
  pixelsFromBytes,
  withoutTensors,
  type PixelTensor,
} from './picture-operations.ts';
import { resizePixels } from './picture-resizing.ts';

type Ratio = 1 | 2 | 4 | 8;
const ratios: readonly Ratio[] = [8, 4, 2];

/** Most pixels to decode in all scans: a progressive JPEG is decoded once for each scan, and a few bytes make another scan. */
const MOST_SCANNED_PIXELS = 2_000_000_000;

/** The smallest scale at which the picture still has at least twice the needed pixels to a side. */
const jpegRatio = ({ region, size }: PicturePlan): Ratio =>
  ratios.find(
    (ratio) => region.height >= 2 * ratio * size.height && region.width >= 2 * ratio * size.width,
  ) ?? 1;

function decodeJpegFile(
  file: Buffer,
  { isCmyk, hasColour, width, height }: PictureHeader,
  ratio: Ratio,
  form: PictureForm,
): PixelTensor {
  const scans = countScans(file);
  if (scans * width * height > MOST_SCANNED_PIXELS)
    throw new Error(`is a JPEG of ${scans} scans, too many for its ${width}×${height} pixels`);
  // The decoder's own grey is the file's luma; it gives none for CMYK.
  const isGrey = !hasColour || (form.channels === 1 && !isCmyk);
  return runDecoder(file, 'JPEG', () => decodeJpeg(file, isGrey ? 1 : 3, ratio));
}

/** The first frame of a GIF; where it is smaller than the picture, background surrounds it. */
function decodeGifFile(file: Buffer, { background }: PictureForm): PixelTensor {
  const { width, height, left, top, frameWidth, frameHeight, ...frame } = takeFirstFrame(
    file,
    background,
  );
  const pixels = runDecoder(file, 'GIF', () => decodeGif(frame.file));
  const fill = (rows: number, columns: number): PixelTensor[] =>
    rows > 0 && columns > 0 ? [fillPixels(background, rows, columns)] : [];
  const middle = concatenatePixels(
    [...fill(frameHeight, left), pixels, ...fill(frameHeight, width - left - frameWidth)],
    1,
  );
  return concatenatePixels(
    [...fill(top, width), middle, ...fill(height - top - frameHeight, width)],
    0,
  );
}

/** Whether a file ends before its format's end mark. */
function isCutOff(file: Buffer, format: PictureHeader['format']): boolean {
  if (format === 'PNG') return !file.includes('IEND');
  if (format !== 'JPEG') return false;
  return file.lastIndexOf(Buffer.from([0xff, 0xd9])) < file.lastIndexOf(Buffer.from([0xff, 0xda]));
}

/** Replaces TensorFlow's messages, which name its functions, by what is wrong with the file. */
function runDecoder(
  file: Buffer,
  format: PictureHeader['format'],
  decode: () => PixelTensor,
): PixelTensor {
  try {
    return decode();
  } catch (error) {
    const isShort = error instanceof Error && /TF_Status: 8\b|OOM/.test(error.message);
    throw new Error(
      isShort
        ? 'needs more memory than there is'
        : isCutOff(file, format)
          ? `is a ${format} that is cut off`
          : `is a damaged ${format}, or of a kind that TensorFlow does not read`,
      { cause: error },
    );
  }
}

function decodeFile(
  file: Buffer,
  header: PictureHeader,
  ratio: Ratio,
  form: PictureForm,
): PixelTensor {
  switch (header.format) {
    case 'JPEG':
      return decodeJpegFile(file, header, ratio, form);
    case 'PNG': {
      const channels = header.hasAlpha ? 4 : header.hasColour ? 3 : 1;
      return runDecoder(file, 'PNG', () => decodePng(file, channels));
    }
    case 'GIF':
      return decodeGifFile(file, form);
    case 'BMP': {
      const { pixels, height, width, channels } = readBmpPixels(file);
      return pixelsFromBytes(pixels, [height, width, channels]);
    }
  }
}

/**
 * Makes examples of PNG, JPEG and BMP files and the first frames of GIFs with TensorFlow's own decoders, so that the pixels are the same as
 * with other programs that use these. Transparent pixels are laid on the form's background before anything is resized; a picture is turned
 * as EXIF says; a picture of the form's size keeps its bytes. A JPEG of at least four times the needed size to a side is decoded at the
 * smallest scale of 1/2, 1/4 and 1/8 that leaves at least twice that size. This is twice as fast, and the whole picture need not fit into
 * memory.
 *
 * Grey is luma, 0.299 R + 0.587 G + 0.114 B. One picture at a time is in memory: 3 bytes for each pixel, 4 with alpha, up to 9 for a BMP or
 * GIF. While it is decoded, the file is there twice, and a progressive JPEG takes 6 bytes more for each pixel in colour, 8 in CMYK.
 */
export const decodePicture: DecodePicture = (file, form) => {
  const header = readPictureHeader(file);
  const plan = planPicture(header, form);
  const ratio = header.format === 'JPEG' ? jpegRatio(plan) : 1;
  const { top, left, height, width } = plan.region;
  return withoutTensors(() => {
    const pixels = decodeFile(file, header, ratio, form);
    if (
      pixels.shape[0] !== Math.ceil(header.height / ratio) ||
      pixels.shape[1] !== Math.ceil(header.width / ratio)
    )
      throw new Error(`is a damaged ${header.format}: its size is not what its header tells`);
    const region = {
      top: top / ratio,
      left: left / ratio,
      height: height / ratio,
      width: width / ratio,
    };
    const resized = resizePixels(pixels, region, plan.size, form.background);
    return makeExamplePixels(resized, plan, header.orientation, form);
  });
};
