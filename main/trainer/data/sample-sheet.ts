import type { Dataset } from './dataset.ts';
import { imageBytes } from './raw-dataset.ts';

const SAMPLES_A_CLASS = 10;
/** Pixels between samples, and what they are filled with. */
const GAP = 2;
const PAPER = 128;

/** A picture of [height, width, channels] bytes. */
export interface Sheet {
  pixels: Uint8Array;
  height: number;
  width: number;
}

/** The first training images of each class: one row for each class, in the classes' order. */
export function sampleSheet(data: Dataset): Sheet {
  const { height, width, channels, classNames, train } = data;
  const size = imageBytes(data);
  const sheetWidth = SAMPLES_A_CLASS * (width + GAP) + GAP;
  const sheetHeight = classNames.length * (height + GAP) + GAP;
  const pixels = new Uint8Array(sheetHeight * sheetWidth * channels).fill(PAPER);
  const shown = classNames.map(() => 0);
  for (let n = 0; n < train.count; n++) {
    const label = train.labels[n] ?? 0;
    const column = shown[label] ?? 0;
    if (column >= SAMPLES_A_CLASS) continue;
    shown[label] = column + 1;
    const [top, left] = [GAP + label * (height + GAP), GAP + column * (width + GAP)];
    for (let row = 0; row < height; row++) {
      const from = n * size + row * width * channels;
      const to = ((top + row) * sheetWidth + left) * channels;
      pixels.set(train.images.subarray(from, from + width * channels), to);
    }
  }
  return { pixels, height: sheetHeight, width: sheetWidth };
}
