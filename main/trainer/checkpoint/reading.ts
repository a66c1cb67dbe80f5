import type { Failure } from '../../../shared/ipc.ts';
import { systemFault, type SystemFault, messageOf } from '../../../shared/system-errors.ts';
import { summarizeFile } from './file-summary.ts';
import { inPortions } from '../files/in-portions.ts';
import { checkpointsIn } from './folder.ts';
import { compareByAge, newestFirst, onTheWayFirst, type Entry } from './lineage.ts';
import { filesOf, nameOf, type CheckpointId } from './names.ts';
import type { CheckpointRecord } from './record.ts';
import { OtherVersionError, readEntry, readRecord } from './record-entries.ts';

/** A verified checkpoint: its files match its record. */
export interface Checkpoint {
  id: CheckpointId;
  /** The beginning that the files' paths share, which TensorFlow calls the checkpoint's path. */
  prefix: string;
  record: CheckpointRecord;
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

/** The checkpoints of a folder that cannot be used. */
interface Passed {
  /** Records that cannot be read, and checkpoints whose files do not match their record. */
  damaged: Failure[];
  /** Names of checkpoints that only another version of this app can read. */
  otherVersions: string[];
}

/** The checkpoints of a folder, newest first, judged by their records alone. */
interface Listed {
  /** All but the recovery checkpoints. */
  entries: Entry[];
  /** Recovery checkpoints, saved in case the process is killed. */
  recoveries: Entry[];
  /** Those whose records cannot be read. */
  damaged: { id: CheckpointId; failure: Failure }[];
}

/** @throws FailureError when the folder cannot be read */
export async function listCheckpoints(folder: string): Promise<Listed> {
  const damaged: Listed['damaged'] = [];
  const entries: Entry[] = [];
  await inPortions(await checkpointsIn(folder), (id) => {
    try {
      entries.push(readEntry(folder, id));
    } catch (error) {
      damaged.push({ id, failure: passedOver(folder, id, error) });
    }
  });
  const [own, recoveries] = [false, true].map((isRecovery) =>
    newestFirst(entries.filter((entry) => (entry.isRecovery ?? false) === isRecovery)),
  );
  damaged.sort((a, b) => compareByAge(a.id, b.id));
  return { entries: own ?? [], recoveries: recoveries ?? [], damaged };
}

/**
 * The newest checkpoint that verifies, and what was wrong with any newer one. Reads no more records than that takes.
 * @throws FailureError
 */
export async function newestCheckpoint(
  folder: string,
): Promise<Passed & { checkpoint: Checkpoint | null }> {
  const passed: Passed = { damaged: [], otherVersions: [] };
  // At the same step, a recovery checkpoint comes second.
  const waiting = (await checkpointsIn(folder)).sort(
    (a, b) => compareByAge(a, b) || Number(a.isRecovery ?? false) - Number(b.isRecovery ?? false),
  );
  let isOrdered = false;
  for (let id = waiting.shift(); id; id = waiting.shift()) {
    try {
      if (!isOrdered) {
        // The newest whose record can be read says which of the others lead to it.
        const { lineage } = readEntry(folder, id);
        waiting.splice(0, waiting.length, ...onTheWayFirst(waiting, lineage));
        isOrdered = true;
      }
      return { checkpoint: await verifyCheckpoint(folder, id), ...passed };
    } catch (error) {
      if (error instanceof OtherVersionError) passed.otherVersions.push(nameOf(id));
      passed.damaged.push(passedOver(folder, id, error));
    }
  }
  return { checkpoint: null, ...passed };
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
