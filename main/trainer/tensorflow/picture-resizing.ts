import type { PictureRegion, PictureSize } from '../../../shared/picture-fit.ts';
import type { ResizedPixels } from '../data/pictures/example-pixels.ts';
import {
  castPixels,
  concatenatePixels,
  roundToPixels,
  scaleImage,
  slicePixels,
  type PixelTensor,
  type ScaleAxis,
} from './picture-operations.ts';
import { tensorFlow, type Value } from './tensorflow.ts';

/** Most bytes of one strip of a picture, or of the result between resizing columns and rows. */
const STRIP_BYTES = 32 * 1024 * 1024;
/** Bytes that each pixel of a strip takes while it is laid on the background. */
const COMPOSED_PIXEL_BYTES = 64;
const FLOAT_BYTES = 4;

/** The whole pixels that a region covers, and where in the first of them it begins. */
function wholePixels(
  from: number,
  length: number,
  most: number,
): { first: number; count: number; from: number } {
  const first = Math.floor(from);
  return { first, count: Math.min(most, Math.ceil(from + length)) - first, from: from - first };
}

/** Lays the pixels on the background, which shows through where alpha is below 255; leaves red, green and blue. */
function composeOn(pixels: PixelTensor, background: readonly number[]): Value {
  const tf = tensorFlow();
  const [height, width] = pixels.shape;
  const values = castPixels(pixels, 'FLOAT') as ReturnType<typeof tf.tensor3d>;
  const behind = tf.tensor1d([...background]);
  const alpha = values.slice([0, 0, 3], [height, width, 1]).div(255);
  return values.slice([0, 0, 0], [height, width, 3]).sub(behind).mul(alpha).add(behind);
}

/** Resizes the columns only, strip by strip, so that memory does not grow with the picture. */
function resizeColumns(
  pixels: PixelTensor,
  rows: { first: number; count: number },
  columns: { first: number; count: number; axis: ScaleAxis },
  background: readonly number[],
): PixelTensor {
  const [, , channels] = pixels.shape;
  const strip = Math.max(1, Math.floor(STRIP_BYTES / (columns.count * COMPOSED_PIXEL_BYTES)));
  const strips: PixelTensor[] = [];
  for (let done = 0; done < rows.count; done += strip) {
    const count = Math.min(strip, rows.count - done);
    const shape: PixelTensor['shape'] = [count, columns.axis.to, Math.min(3, channels)];
    const tensor = tensorFlow().tidy(() => {
      const part = slicePixels(pixels, [rows.first + done, columns.first], [count, columns.count]);
      const hasAlpha = channels === 4;
      const image = hasAlpha ? composeOn(part, background) : part.tensor;
      const { from, length, to } = columns.axis;
      if (from === 0 && length === to) return hasAlpha ? roundToPixels(image).tensor : part.tensor;
      const same = { from: 0, length: count, to: count };
      return roundToPixels(scaleImage(image, hasAlpha ? 'FLOAT' : 'UINT8', same, columns.axis))
        .tensor;
    });
    strips.push({ tensor, shape });
  }
  const whole = concatenatePixels(strips, 0);
  if (strips.length > 1) for (const { tensor } of strips) tensor.dispose();
  return whole;
}

/**
 * Resizes a part of a picture; a part that has the size already keeps its values exactly.
 *
 * A small result is made in one call. If that would take much memory, or if there is alpha, the columns are resized first, in strips of
 * rows, and then the rows: so the picture is never in memory as floating-point numbers.
 * @param pixels with 1, 3 or 4 channels, the fourth alpha
 * @param region may begin and end within a pixel
 */
export function resizePixels(
  pixels: PixelTensor,
  region: PictureRegion,
  size: PictureSize,
  background: readonly number[],
): ResizedPixels {
  const [height, width, channels] = pixels.shape;
  const rows = wholePixels(region.top, region.height, height);
  const columns = wholePixels(region.left, region.width, width);
  const rowAxis = { from: rows.from, length: region.height, to: size.height };
  const columnAxis = { from: columns.from, length: region.width, to: size.width };
  const isWhole = rows.count === height && columns.count === width;
  const needed =
    size.height * columns.count * channels * FLOAT_BYTES +
    (isWhole ? 0 : rows.count * columns.count * channels);
  const isKept =
    rows.from === 0 &&
    columns.from === 0 &&
    region.height === size.height &&
    region.width === size.width;
  const resultChannels = channels === 1 ? 1 : 3;
  if (channels < 4 && needed <= STRIP_BYTES) {
    const part = isWhole
      ? pixels
      : slicePixels(pixels, [rows.first, columns.first], [rows.count, columns.count]);
    const result = isKept
      ? castPixels(part, 'INT32')
      : scaleImage(part.tensor, 'UINT8', rowAxis, columnAxis);
    return { values: result.dataSync(), channels: resultChannels };
  }
  const narrow = resizeColumns(pixels, rows, { ...columns, axis: columnAxis }, background);
  const same = { from: 0, length: size.width, to: size.width };
  const result =
    rows.from === 0 && region.height === size.height
      ? castPixels(narrow, 'INT32')
      : scaleImage(narrow.tensor, 'UINT8', rowAxis, same);
  return { values: result.dataSync(), channels: resultChannels };
}
