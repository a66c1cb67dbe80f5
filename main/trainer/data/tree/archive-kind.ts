/** How many of a file's first bytes tell what it is: a tar archive's first header. */
export const KIND_BYTES = 512;

/** Archives that are not read, by how they begin. */
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

/** A digit for the size of its blocks, then the sign of a block; other text may begin with the same letters. */
const isBzip2 = (text: string): boolean =>
  /^BZh[1-9]/.test(text) && ['1AY&SY', '\x17rE8P\x90'].includes(text.slice(4, 10));

const ZIP_FILE = 'PK\x03\x04';
const ZIP_OF_NONE = 'PK\x05\x06';
const GZIP = '\x1f\x8b';

export type ArchiveKind = 'zip' | 'tar' | 'gzip';

const CHECKSUM = { start: 148, end: 156 } as const;

/** Whether a block is a tar header: they carry a sum of their bytes, its own taken as spaces. The oldest have no other sign. */
export function isTarHeader(block: Buffer): boolean {
  if (block.length < KIND_BYTES) return false;
  const told = /^ *([0-7]+)/.exec(block.toString('latin1', CHECKSUM.start, CHECKSUM.end));
  let sum = 0;
  for (const [index, byte] of block.subarray(0, KIND_BYTES).entries())
    sum += index >= CHECKSUM.start && index < CHECKSUM.end ? 0x20 : byte;
  return told?.[1] !== undefined && parseInt(told[1], 8) === sum;
}

const beginningOf = (head: Buffer): string => head.toString('latin1', 0, 16);

/** Which archive begins so; null where none does that is read here. */
export function archiveKind(head: Buffer): ArchiveKind | null {
  const text = beginningOf(head);
  if (text.startsWith(ZIP_FILE) || text.startsWith(ZIP_OF_NONE)) return 'zip';
  if (text.startsWith(GZIP)) return 'gzip';
  return isTarHeader(head) ? 'tar' : null;
}

/** Which archive begins so that is not read here; null: none. */
export function foreignArchive(head: Buffer): string | null {
  const text = beginningOf(head);
  if (isBzip2(text)) return 'a bzip2 file';
  return foreign.find(([beginning]) => text.startsWith(beginning))?.[1] ?? null;
}
