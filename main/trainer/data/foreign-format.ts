import { isUtf8 } from 'node:buffer';

/** Other formats that data come in, by the first bytes of their files. */
const beginnings: readonly (readonly [beginning: string, format: string])[] = [
  ['\x93NUMPY', 'a NumPy array (.npy)'],
  ['PK\x03\x04', 'a zip archive (.zip, .npz)'],
  ['\x1f\x8b', 'a gzip file'],
  ['BZh', 'a bzip2 file'],
  ['\xfd7zXZ', 'an xz file'],
  ['\x28\xb5\x2f\xfd', 'a Zstandard file'],
  ['7z\xbc\xaf', 'a 7-Zip archive'],
  ['\x89HDF', 'an HDF5 file'],
  ['MATLAB', 'a MATLAB file'],
  ['\x89PNG', 'a PNG picture'],
  ['\xff\xd8\xff', 'a JPEG picture'],
  ['GIF8', 'a GIF picture'],
  ['BM', 'a BMP picture'],
  ['II*\0', 'a TIFF picture'],
  ['MM\0*', 'a TIFF picture'],
  ['8BPS', 'a Photoshop picture'],
  ['\0\0\x01\0', 'an icon (.ico)'],
  ['\xff\x0a', 'a JPEG XL picture'],
  ['\0\0\0\x0cJXL ', 'a JPEG XL picture'],
  ['\0\0\0\x0cjP  ', 'a JPEG 2000 picture'],
  ['%PDF', 'a PDF document'],
  ['%!PS', 'a PostScript document'],
  ['\x80\x04', 'a Python pickle'],
  ['\x80\x03', 'a Python pickle'],
  ['\x80\x02', 'a Python pickle'],
  ['PAR1', 'a Parquet file'],
  ['version https://git-lfs', 'a Git LFS pointer, in place of the file,'],
];

/** Formats whose files begin with a length. */
const afterLength: readonly (readonly [beginning: RegExp, format: string])[] = [
  [/^RIFF[^]{4}WEBP/, 'a WebP picture'],
  [/^[^]{4}ftypavi[fs]/, 'an AVIF picture'],
  [/^[^]{4}ftyp(hei[cxms]|hev[cxms]|mif1|msf1)/, 'a HEIC picture'],
  [/^[^]{4}ftyp/, 'a film (.mp4)'],
  [/^RIFF[^]{4}AVI /, 'a film (.avi)'],
];

/** This many bytes tell what a file is. */
const SAMPLE = 4096;

/** Whether the bytes are only letters, signs and line ends; they may end within a character of UTF-8. */
function isText(bytes: Uint8Array, text: string): boolean {
  if (!/^[\t\n\f\r\x20-\x7e\x80-\xff]{4,}$/.test(text)) return false;
  const lastAscii = bytes.findLastIndex((byte) => byte < 0x80);
  return (
    lastAscii >= 0 && bytes.length - lastAscii <= 4 && isUtf8(bytes.subarray(0, lastAscii + 1))
  );
}

/** What a file with these first bytes looks like; null if that is not known. */
export function foreignFormat(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, SAMPLE);
  const text = Buffer.from(sample).toString('latin1');
  const known =
    beginnings.find(
      ([beginning]) =>
        text.startsWith(beginning) || (text.length >= 4 && beginning.startsWith(text)),
    ) ?? afterLength.find(([beginning]) => beginning.test(text));
  if (known) return known[1];
  if (/^(\xef\xbb\xbf)?\s*(<[!?][^]*)?<svg[\s>]/i.test(text)) return 'an SVG drawing';
  if (/^\s*<[!?a-z]/i.test(text)) return 'a web page';
  return isText(sample, text) ? 'text' : null;
}
