import { readCsv, type CsvContent } from '../../../../../main/trainer/data/csv/csv-tables.ts';
import type { PictureList } from '../../../../../main/trainer/data/pictures/picture-list.ts';
import type { RawDataset } from '../../../../../main/trainer/data/raw-dataset.ts';
import { FailureError, type Failure } from '../../../../../shared/ipc.ts';
import { inPieces } from '../../../../support/pieces.ts';

/** Reads tables by their names, in pieces of a length. */
export const readTables = (
  tables: Record<string, string | Buffer>,
  pieceLength?: number,
): Promise<CsvContent> =>
  readCsv(
    'data',
    Object.entries(tables).map(([path, content]) => {
      const bytes = Buffer.from(content);
      return { path, bytes: bytes.length, pieces: inPieces(bytes, pieceLength) };
    }),
  );

export async function pixelsOf(
  tables: Record<string, string | Buffer>,
  pieceLength?: number,
): Promise<RawDataset> {
  const content = await readTables(tables, pieceLength);
  if (content.kind === 'pixels') return content.dataset;
  throw new Error('it was taken for a list of pictures');
}

export async function picturesOf(
  tables: Record<string, string | Buffer>,
  pieceLength?: number,
): Promise<PictureList> {
  const content = await readTables(tables, pieceLength);
  if (content.kind === 'pictures') return content.list;
  throw new Error('it was taken for pixels');
}

export async function refusalOf(tables: Record<string, string | Buffer>): Promise<Failure> {
  try {
    await readTables(tables);
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('it was taken');
}

export const whats = ({ findings }: { findings: readonly Failure[] }): string[] =>
  findings.map(({ what }) => what);
