/** Largest array of images taken, in bytes: 240,000 of MNIST's are 188 MB. */
export const MOST_BYTES = 2 ** 31 - 1;
/** As many as can be kept for validation. */
export const MOST_EXAMPLES = 10_000_000;
export const MOST_CLASSES = 1_000;
/** A label of so much is no class, whatever the classes are. */
export const BEYOND_CLASSES = 2 ** 16;
