import type { ReadingUnit } from '../../../shared/reading-progress.ts';
import type { Failure } from '../../../shared/ipc.ts';
import type { Examples } from './examples.ts';

/** What is known of a dataset's images apart from their pixels. */
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

/** What a reader returns: images of one form, in the parts that the source has. split.ts makes the missing parts. */
export interface RawDataset extends ImageForm {
  train: Examples;
  /** Null if the source has no such part. */
  validation: Examples | null;
  test: Examples | null;
  /**
   * How a missing validation part is taken from the training images: the last of them, as MNIST's program did, or a share of each class,
   * drawn by seed.
   */
  validationFrom: 'end' | 'each-class';
  /** What a person is told of how the data were read. */
  findings: Failure[];
}

/** Follows reading, and can stop it. */
export interface ReadingWatch {
  /** @param total null while it is not known */
  progress(done: number, total: number | null, unit: ReadingUnit): void;
  /** Once it is aborted, reading ends with its reason as an error. */
  signal: AbortSignal;
}

/** For reading that nobody follows. */
export const unwatched: ReadingWatch = {
  progress: () => undefined,
  signal: new AbortController().signal,
};
