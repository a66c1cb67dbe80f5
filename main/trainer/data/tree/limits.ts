import { FailureError } from '../../../../shared/ipc.ts';

/** What a tree may hold at most, so that nothing that lies on a disk fills the memory or is read for ever. */
export interface TreeLimits {
  files: number;
  /** Folders above a file, below the place. */
  depth: number;
  /** Of all paths together. */
  pathCharacters: number;
  /** Of all files of an archive together, unpacked. */
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

/** What to do where a place holds more than a tree may. */
export const tooMuch = (place: string, what: string): FailureError =>
  new FailureError({
    what,
    where: place,
    remedy: 'Name a folder or an archive that holds the images and nothing else.',
  });
