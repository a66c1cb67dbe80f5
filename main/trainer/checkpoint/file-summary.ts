import { createHash } from 'node:crypto';
import { piecesOf, withFile } from '../files/bounded-file.ts';
import type { FileSummary } from './record.ts';

/** The size and SHA-256 of a file, as a checkpoint's record lists them. */
export function summarizeFile(path: string): Promise<FileSummary> {
  return withFile(path, async (file) => {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const piece of piecesOf(file)) {
      hash.update(piece);
      bytes += piece.length;
    }
    return { bytes, sha256: hash.digest('hex') };
  });
}
