/** How a camera was held, as EXIF numbers it: 1 upright, 2 to 4 mirrored or upside down, 5 to 8 with rows and columns exchanged. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const orientations: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];
const ORIENTATION_TAG = 0x0112;
const SHORT = 3;
const LONG = 4;

/** Whether the stored picture's rows are the upright picture's columns. */
export const isTransposed = (orientation: Orientation): boolean => orientation >= 5;
/** Whether a stored row is read from its end. */
export const runsLeftward = (orientation: Orientation): boolean =>
  [2, 3, 7, 8].includes(orientation);
/** Whether the stored rows are read from the last. */
export const runsUpward = (orientation: Orientation): boolean => [3, 4, 6, 7].includes(orientation);

/**
 * Reads the orientation from EXIF data; 1 if they have none or are damaged, as in every viewer.
 * @param exif the data from their TIFF header on
 */
export function readExifOrientation(exif: Buffer): Orientation {
  const order = exif.toString('latin1', 0, 2);
  if ((order !== 'II' && order !== 'MM') || exif.length < 8) return 1;
  const little = order === 'II';
  const uint16 = (at: number): number => (little ? exif.readUInt16LE(at) : exif.readUInt16BE(at));
  const uint32 = (at: number): number => (little ? exif.readUInt32LE(at) : exif.readUInt32BE(at));
  const directory = uint32(4);
  if (directory + 2 > exif.length) return 1;
  const entries = uint16(directory);
  for (let k = 0; k < entries; k++) {
    const at = directory + 2 + 12 * k;
    if (at + 12 > exif.length) return 1;
    if (uint16(at) !== ORIENTATION_TAG) continue;
    const type = uint16(at + 2);
    const value = type === SHORT ? uint16(at + 8) : type === LONG ? uint32(at + 8) : 1;
    return orientations.find((orientation) => orientation === value) ?? 1;
  }
  return 1;
}
