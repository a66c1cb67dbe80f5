/** Formats that data sets come in as well, by how their files begin. */
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
  ['\x80\x04', 'a Python pickle'],
  ['\x80\x03', 'a Python pickle'],
  ['\x80\x02', 'a Python pickle'],
  ['PAR1', 'a Parquet file'],
  ['version https://git-lfs', 'a Git LFS pointer, in place of the file,'],
];

/** What a file that begins so looks like; null where that is not known. */
export function foreignFormat(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes).toString('latin1');
  const known = beginnings.find(
    ([beginning]) => text.startsWith(beginning) || (text.length >= 4 && beginning.startsWith(text)),
  );
  if (known) return known[1];
  if (/^\s*<[!?a-z]/i.test(text)) return 'a web page';
  return /^[\t\n\r\x20-\x7e]{4,}$/.test(text) ? 'text' : null;
}
