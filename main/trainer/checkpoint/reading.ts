import type { Failure } from '../../../shared/ipc.ts';
import { systemFault, type SystemFault, messageOf } from '../../../shared/system-errors.ts';
import { summarizeFile } from './file-summary.ts';
import { readText } from '../files/durable-files.ts';
import { checkpointsIn } from './folder.ts';
import { newestFirst, type Entry } from './lineage.ts';
import { filesOf, nameOf, type CheckpointId } from './names.ts';
import { isOtherVersions, parseRecord, type CheckpointRecord } from './record.ts';

/** A verified checkpoint: its files match its record. */
export interface Checkpoint {
  id: CheckpointId;
  /** The beginning that the files' paths share, which TensorFlow calls the checkpoint's path. */
  prefix: string;
  record: CheckpointRecord;
}

/** The record is another version's of this app, and undamaged as far as can be told. */
class OtherVersionError extends Error {
  constructor(name: string) {
    super(`${name}.json was written by another version of Firstlayer`);
  }
}

/** @throws Error saying what is wrong with it */
async function readRecord(folder: string, id: CheckpointId): Promise<CheckpointRecord> {
  const text = await readText(filesOf(folder, id).record);
  const record = parseRecord(text);
  if (!record && isOtherVersions(text)) throw new OtherVersionError(nameOf(id));
  if (!record) throw new Error(`${nameOf(id)}.json cannot be understood`);
  if (record.cursor.step !== id.step || record.branch.number !== id.branch)
    throw new Error(
      `${nameOf(id)}.json belongs to step ${record.cursor.step} of branch ${record.branch.number}`,
    );
  return record;
}

/**
 * Reads one checkpoint's record and checks its files against it.
 * @throws Error saying what is damaged
 */
export async function verifyCheckpoint(folder: string, id: CheckpointId): Promise<Checkpoint> {
  const record = await readRecord(folder, id);
  const files = filesOf(folder, id);
  for (const part of ['index', 'data'] as const) {
    const expected = record.files[part];
    const found = await summarizeFile(files[part]);
    if (found.bytes !== expected.bytes)
      throw new Error(
        `the ${part} file has ${found.bytes} bytes, but ${expected.bytes} were written`,
      );
    if (found.sha256 !== expected.sha256)
      throw new Error(`the ${part} file is not what was written`);
  }
  return { id, prefix: files.prefix, record };
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
  bytes: record.files.data.bytes + record.files.index.bytes,
});

/** The checkpoints of a folder that cannot be used. */
interface Passed {
  /** Records that cannot be read, and checkpoints whose files do not match their record. */
  damaged: Failure[];
  /** Names of checkpoints that only another version of this app can read. */
  otherVersions: string[];
}

/** The checkpoints of a folder, newest first, judged by their records alone. */
interface Listed extends Passed {
  /** All but the recovery checkpoints. */
  entries: Entry[];
  /** Recovery checkpoints, saved in case the process is killed. */
  recoveries: Entry[];
}

/** @throws FailureError when the folder cannot be read */
export async function listCheckpoints(folder: string): Promise<Listed> {
  const entries: Entry[] = [];
  const passed: Passed = { damaged: [], otherVersions: [] };
  for (const id of await checkpointsIn(folder)) {
    try {
      entries.push(entryOf(id, await readRecord(folder, id)));
    } catch (error) {
      if (error instanceof OtherVersionError) passed.otherVersions.push(nameOf(id));
      passed.damaged.push(passedOver(folder, id, error));
    }
  }
  const [own, recoveries] = [false, true].map((isRecovery) =>
    newestFirst(entries.filter((entry) => (entry.isRecovery ?? false) === isRecovery)),
  );
  return { entries: own ?? [], recoveries: recoveries ?? [], ...passed };
}

/**
 * The newest checkpoint that verifies, and what was wrong with any newer one.
 * @throws FailureError
 */
export async function newestCheckpoint(
  folder: string,
): Promise<Passed & { checkpoint: Checkpoint | null }> {
  const { entries, recoveries, damaged, otherVersions } = await listCheckpoints(folder);
  // At the same step, a recovery checkpoint comes second.
  for (const entry of newestFirst([...entries, ...recoveries])) {
    try {
      return { checkpoint: await verifyCheckpoint(folder, entry), damaged, otherVersions };
    } catch (error) {
      damaged.push(passedOver(folder, entry, error));
    }
  }
  return { checkpoint: null, damaged, otherVersions };
}

const passedOver = (folder: string, id: CheckpointId, error: unknown): Failure => ({
  what:
    error instanceof OtherVersionError
      ? `Checkpoint ${nameOf(id)} was passed over: ${error.message}.`
      : `Checkpoint ${nameOf(id)} ${stateBy(error)} and was passed over: ${messageOf(error)}.`,
  where: folder,
  remedy:
    `${readingFault(error)?.remedy ?? ''} Training goes on from the newest good checkpoint; this one is left as it is.`.trimStart(),
});

/** These errors mean damage: a file is missing, or something else has its name. */
const DAMAGING = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP']);

/** Why the system could not read a checkpoint that may be undamaged; null if it is damaged. */
export function readingFault(error: unknown): SystemFault | null {
  const fault = systemFault(error);
  return fault && DAMAGING.has(fault.code) ? null : fault;
}

export const stateBy = (error: unknown): string =>
  readingFault(error) ? 'cannot be read' : 'is damaged';

/** The beginning of a message about a checkpoint that may be undamaged. */
export const UNREAD = 'cannot be read: ';

export const damageOf = (error: unknown): string =>
  `${readingFault(error) ? UNREAD : ''}${messageOf(error)}`;
