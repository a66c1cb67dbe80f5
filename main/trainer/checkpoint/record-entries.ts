import { readFileSync, statSync } from 'node:fs';
import { MOST_TEXT, readText } from '../files/durable-files.ts';
import type { Entry } from './lineage.ts';
import { filesOf, nameOf, type CheckpointId } from './names.ts';
import { isOtherVersions, parseLikeRecord, parseRecord, type CheckpointRecord } from './record.ts';

/** The record is another version's of this app, and undamaged as far as can be told. */
export class OtherVersionError extends Error {
  constructor(name: string) {
    super(`${name}.json was written by another version of Firstlayer`);
  }
}

/** @throws Error saying what is wrong with it */
export async function readRecord(folder: string, id: CheckpointId): Promise<CheckpointRecord> {
  return recordIn(await readText(filesOf(folder, id).record), id, parseRecord);
}

/** @throws Error saying what is wrong with it */
function recordIn(
  text: string,
  id: CheckpointId,
  parse: (text: string) => CheckpointRecord | null,
): CheckpointRecord {
  const record = parse(text);
  if (!record && isOtherVersions(text)) throw new OtherVersionError(nameOf(id));
  if (!record) throw new Error(`${nameOf(id)}.json cannot be understood`);
  if (record.cursor.step !== id.step || record.branch.number !== id.branch)
    throw new Error(
      `${nameOf(id)}.json belongs to step ${record.cursor.step} of branch ${record.branch.number}`,
    );
  return record;
}

/** The validation of this checkpoint's own weights; null within an epoch, where the record only carries the last epoch's. */
export const ownValidation = ({ cursor, validation }: CheckpointRecord) =>
  cursor.position === 0 ? validation : null;

export const entryOf = (id: CheckpointId, record: CheckpointRecord): Entry => ({
  ...id,
  epoch: record.cursor.epoch,
  atEpochEnd: record.cursor.position === 0,
  pinned: record.pinned,
  lineage: record.branch,
  validationLoss: ownValidation(record)?.loss ?? null,
  validationAccuracy: ownValidation(record)?.accuracy ?? null,
  bytes: record.files.data.bytes + record.files.index.bytes,
});

/** Of so many records what was read is kept: a folder is listed again after each save, and may hold ten thousand. */
const MOST_KEPT = 20_000;
const kept = new Map<string, { stamp: string; entry: Entry }>();

/**
 * What a checkpoint's record says in short. It is read again only when its file is another than before. Not by promises: ten thousand
 * of them would take seconds.
 * @throws Error saying what is wrong with it
 */
export function readEntry(folder: string, id: CheckpointId): Entry {
  const path = filesOf(folder, id).record;
  const stats = statSync(path);
  const stamp = [stats.mtimeMs, stats.ctimeMs, stats.size, stats.ino].join();
  const before = kept.get(path);
  if (before?.stamp === stamp) return before.entry;
  if (!stats.isFile()) throw new Error('it is no regular file');
  if (stats.size > MOST_TEXT) throw new Error(`it has ${stats.size} bytes, which no record has`);
  const entry = entryOf(id, recordIn(readFileSync(path, 'utf8'), id, parseLikeRecord));
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(path, { stamp, entry });
  return entry;
}
