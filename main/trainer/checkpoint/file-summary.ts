import { createHash } from 'node:crypto';
import { piecesOf, withFile } from '../files/bounded-file.ts';
import type { FileSummary } from './record.ts';

/** What a file holds, as a record of it says. */
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
