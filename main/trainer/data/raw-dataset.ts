import type { ReadingUnit } from '../../../shared/reading-progress.ts';
import type { Failure } from '../../../shared/ipc.ts';
import type { Examples } from './examples.ts';

/** What is known of the images of a dataset before there are any. */
export interface ImageForm {
  height: number;
  width: number;
  /** 1: shades of grey; 3: red, green and blue. */
  channels: 1 | 3;
  /** In the order of the labels. */
  classNames: string[];
}

/** Bytes of one image. */
export const imageBytes = ({ height, width, channels }: Omit<ImageForm, 'classNames'>): number =>
  height * width * channels;

/** What a reader makes of a place: images of one form, in the parts that lie there. split.ts makes the parts that are missing. */
export interface RawDataset extends ImageForm {
  train: Examples;
  /** Null: the place has no such part. */
  validation: Examples | null;
  test: Examples | null;
  /**
   * How validation is taken from the training images where there is no such part: the last of them, as MNIST's program took it, or
   * a share of each class by seed.
   */
  validationFrom: 'end' | 'each-class';
  /** What a person is told of how it was read. */
  findings: Failure[];
}

/** How reading is followed, and stopped. */
export interface ReadingWatch {
  /** @param total null while it is not known */
  progress(done: number, total: number | null, unit: ReadingUnit): void;
  /** Reading ends with its reason as an error once it is aborted. */
  signal: AbortSignal;
}

/** Where nobody follows it. */
export const unwatched: ReadingWatch = {
  progress: () => undefined,
  signal: new AbortController().signal,
};
