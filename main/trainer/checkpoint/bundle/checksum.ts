import { buf } from 'crc-32/crc32c.js';

/** Added by LevelDB and TensorFlow, so that the checksum of something that holds checksums stays a good one. */
const MASK_DELTA = 0xa282ead8;

/** A CRC-32C as it is stored in files. */
export const maskChecksum = (crc: number): number =>
  (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0;

/**
 * CRC-32C (Castagnoli).
 * @param before that of the bytes before these
 */
export const crc32c = (bytes: Uint8Array, before = 0): number => buf(bytes, before);
