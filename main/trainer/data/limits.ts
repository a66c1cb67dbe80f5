/** Largest array of images taken, in bytes: 240,000 of MNIST's are 188 MB. */
export const MOST_BYTES = 2 ** 31 - 1;
/** Most examples of a dataset, since validation can keep no more. */
export const MOST_EXAMPLES = 10_000_000;
export const MOST_CLASSES = 1_000;
/** A label this large is not a class, whatever the classes are. */
export const BEYOND_CLASSES = 2 ** 16;
