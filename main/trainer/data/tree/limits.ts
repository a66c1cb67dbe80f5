import { FailureError } from '../../../../shared/ipc.ts';

/** Limits of a tree, so that nothing on a disk fills the memory or is read forever. */
export interface TreeLimits {
  files: number;
  /** Folders above a file, below the place. */
  depth: number;
  /** Characters of all paths together. */
  pathCharacters: number;
  /** Bytes of all files of an archive together, unpacked. */
  unpackedBytes: number;
}

export const treeLimits: TreeLimits = {
  files: 2_000_000,
  depth: 32,
  pathCharacters: 2 ** 28,
  unpackedBytes: 200e9,
};

/** The most bytes that are read at once. */
export const PIECE = 2 ** 20;

/** Refuses a place that holds more than the limits allow. */
export const tooMuch = (place: string, what: string): FailureError =>
  new FailureError({
    what,
    where: place,
    remedy: 'Name a folder or an archive that holds the images and nothing else.',
  });
