// Its names are not seen by Node, which takes it for a module with a default alone.
import castagnoli from 'crc-32/crc32c.js';

/** LevelDB and TensorFlow add this, so that a checksum of data that itself holds checksums stays reliable. */
const MASK_DELTA = 0xa282ead8;

/** A CRC-32C as it is stored in files. */
export const maskChecksum = (crc: number): number =>
  (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0;

/**
 * CRC-32C (Castagnoli).
 * @param before checksum of the bytes before these
 */
export const crc32c = (bytes: Uint8Array, before = 0): number => castagnoli.buf(bytes, before);
