/** Number of a file's first bytes that tell its kind: those of a tar archive's first header. */
export const KIND_BYTES = 512;

/** Archives that are not read here, by their first bytes. */
const foreign: readonly (readonly [beginning: string, name: string])[] = [
  ['Rar!\x1a\x07', 'a RAR archive'],
  ['7z\xbc\xaf\x27\x1c', 'a 7-Zip archive'],
  ['\xfd7zXZ\0', 'an xz file'],
  ['\x28\xb5\x2f\xfd', 'a Zstandard file'],
  ['\x04\x22\x4d\x18', 'an LZ4 file'],
  ['LZIP\x01', 'an lzip file'],
  ['\x1f\x9d', 'a compress file (.Z)'],
  ['MSCF\0\0\0\0', 'a Cabinet archive (.cab)'],
  ['070701', 'a cpio archive'],
  ['PK\x07\x08PK', 'one part of a zip archive of several parts'],
];

/** bzip2 has a digit for the block size, then the mark of a block; plain text may begin with the same letters. */
const isBzip2 = (text: string): boolean =>
  /^BZh[1-9]/.test(text) && ['1AY&SY', '\x17rE8P\x90'].includes(text.slice(4, 10));

const ZIP_FILE = 'PK\x03\x04';
const ZIP_OF_NONE = 'PK\x05\x06';
const GZIP = '\x1f\x8b';

export type ArchiveKind = 'zip' | 'tar' | 'gzip';

const CHECKSUM = { start: 148, end: 156 } as const;

/**
 * Whether a block is a tar header. Headers hold the sum of their bytes, with the sum's own bytes counted as spaces; the oldest have no
 * other mark.
 */
export function isTarHeader(block: Buffer): boolean {
  if (block.length < KIND_BYTES) return false;
  const told = /^ *([0-7]+)/.exec(block.toString('latin1', CHECKSUM.start, CHECKSUM.end));
  let sum = 0;
  for (const [index, byte] of block.subarray(0, KIND_BYTES).entries())
    sum += index >= CHECKSUM.start && index < CHECKSUM.end ? 0x20 : byte;
  return told?.[1] !== undefined && parseInt(told[1], 8) === sum;
}

const beginningOf = (head: Buffer): string => head.toString('latin1', 0, 16);

/** The kind of archive with these first bytes; null if it is none that is read here. */
export function archiveKind(head: Buffer): ArchiveKind | null {
  const text = beginningOf(head);
  if (text.startsWith(ZIP_FILE) || text.startsWith(ZIP_OF_NONE)) return 'zip';
  if (text.startsWith(GZIP)) return 'gzip';
  return isTarHeader(head) ? 'tar' : null;
}

/** Names an archive of a kind that is not read here; null if it is none. */
export function foreignArchive(head: Buffer): string | null {
  const text = beginningOf(head);
  if (isBzip2(text)) return 'a bzip2 file';
  return foreign.find(([beginning]) => text.startsWith(beginning))?.[1] ?? null;
}
