import { imageAxesOf, type ImageAxes } from '../image-axes.ts';
import { BEYOND_CLASSES } from '../limits.ts';
import { unsuitableFile } from '../unsuitable-file.ts';
import type { Idx } from './idx.ts';
import type { IdxHeader, NumberType } from './idx-header.ts';

/** Turns the values of an IDX file into labels or pixels. Any type of number is accepted if its values fit. */

const axesText = ({ dims, type }: IdxHeader): string =>
  `The file holds ${dims.join('×')} numbers of ${type.name}`;

/** @throws FailureError if the axes are not those of labels */
export function checkLabelAxes(header: IdxHeader, path: string): void {
  const { dims } = header;
  const [, columns = 1] = dims;
  if (dims.length <= 2 && columns === 1) return;
  const as = dims.length > 2 ? 'images have' : 'one-hot labels have';
  throw unsuitableFile(
    path,
    `${axesText(header)}, axes such as ${as}, but labels have one axis: a number for each image.`,
    dims.length > 2
      ? 'Put the file of the labels there; images and labels may have each other’s name.'
      : 'Write one number for each image, its class.',
  );
}

/**
 * The layout of the images in the file.
 * @throws FailureError if the axes are not those of images
 */
export function imageAxes(header: IdxHeader, path: string): ImageAxes {
  const axes = imageAxesOf(header.dims);
  if ('why' in axes) throw unsuitableFile(path, `${axesText(header)}, ${axes.why}`, axes.remedy);
  return axes;
}

/**
 * Calls `take` with each value in turn.
 * @param isLittle reads the values as little-endian, which IDX is not
 */
function eachNumber(
  { raw, type }: Idx,
  take: (value: number, k: number) => void,
  isLittle = false,
): void {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  const count = raw.length / type.bytes;
  for (let k = 0; k < count; k++) take(type.read(view, k * type.bytes, isLittle), k);
}

interface Range {
  least: number;
  most: number;
  areNumbers: boolean;
  areWhole: boolean;
}

function rangeOf(idx: Idx, isLittle = false): Range {
  const range = { least: Infinity, most: -Infinity, areNumbers: true, areWhole: true };
  const take = (value: number): void => {
    if (Number.isNaN(value)) range.areNumbers = false;
    if (!Number.isInteger(value)) range.areWhole = false;
    if (value < range.least) range.least = value;
    if (value > range.most) range.most = value;
  };
  eachNumber(idx, take, isLittle);
  return range;
}

const areBytes = ({ least, most, areNumbers }: Range): boolean =>
  areNumbers && least >= 0 && most <= 255;

/** A hint, if the values would fit when read as little-endian. */
const otherOrder = (idx: Idx, fit: (range: Range) => boolean): string =>
  idx.type.bytes > 1 && fit(rangeOf(idx, true))
    ? ' They would fit if the file were little-endian; IDX is big-endian.'
    : '';

/** @throws FailureError if a label is not a whole number, or is larger than any class */
export function labelNumbers(idx: Idx, path: string): Int32Array {
  const numbers = new Int32Array(idx.raw.length / idx.type.bytes);
  eachNumber(idx, (value, k) => {
    if (!Number.isInteger(value) || Math.abs(value) >= BEYOND_CLASSES)
      throw unsuitableFile(
        path,
        `Label number ${k} is ${value} (${idx.type.name}), which is no class: classes are whole numbers from 0.${otherOrder(idx, (range) => areBytes(range) && range.areWhole)}`,
        'Write each label as the whole number of its class, from 0.',
      );
    numbers[k] = value;
  });
  return numbers;
}

/**
 * The pixels as bytes: numbers from 0 to 255 are rounded, floating-point numbers from 0 to 1 are multiplied by 255 first.
 * @throws FailureError
 */
export function imagePixels(idx: Idx, path: string): Uint8Array {
  const { type, raw } = idx;
  if (isByte(type)) return raw;
  const range = rangeOf(idx);
  if (!areBytes(range))
    throw unsuitableFile(
      path,
      `The images’ values (${type.name}) ${range.areNumbers ? `go from ${range.least} to ${range.most}` : 'are not all numbers: some are NaN'}, but pixels go from 0 to 255, or as floating-point numbers from 0 to 1.${otherOrder(idx, areBytes)}`,
      'Write the pixels as bytes from 0 to 255, or as floating-point numbers from 0 to 1.',
    );
  const scale = type.isFloat && range.most <= 1 ? 255 : 1;
  const pixels = new Uint8Array(raw.length / type.bytes);
  eachNumber(idx, (value, k) => {
    pixels[k] = Math.round(value * scale);
  });
  return pixels;
}

const isByte = ({ name }: NumberType): boolean => name === 'uint8';
