import { whoseText, type Unrecorded } from '../../../shared/checkpoint-protocol.ts';
import { FailureError, type Failure } from '../../../shared/ipc.ts';
import { messageOf } from '../../../shared/system-errors.ts';
import type { Entry } from './lineage.ts';
import { filesOf, nameOf, parseName, type CheckpointId } from './names.ts';
import { readHead } from '../files/durable-files.ts';
import {
  listCheckpoints,
  newestCheckpoint,
  readingFault,
  stateBy,
  verifyCheckpoint,
  type Checkpoint,
} from './reading.ts';
import { unrecordedIn } from './unrecorded.ts';

/** Finds a folder's checkpoints by name, such as `model.ckpt-430`. */

/** How many names a message offers to choose from. */
const MOST_NAMES = 20;

/** The checkpoint that a run may resume from, and what was wrong with newer ones. */
export interface ChosenCheckpoint {
  /** Null if the folder holds no good checkpoint. */
  checkpoint: Checkpoint | null;
  /** Damaged checkpoints that were passed over. */
  warnings: Failure[];
  /** Names of checkpoints that only another version of this app can read. */
  otherVersions: string[];
}

/**
 * The checkpoint that a person named, or the newest good one.
 * @param name undefined if none was named
 * @throws FailureError when the named one is missing, damaged or without a record, or the folder cannot be read
 */
export async function namedOrNewestCheckpoint(
  folder: string,
  name: string | undefined,
): Promise<ChosenCheckpoint> {
  if (name !== undefined)
    return { checkpoint: await checkpointNamed(folder, name), warnings: [], otherVersions: [] };
  const { checkpoint, damaged, otherVersions } = await newestCheckpoint(folder);
  return { checkpoint, warnings: damaged, otherVersions };
}

/**
 * The checkpoint of this name, with its files verified.
 * @throws FailureError when it is missing, damaged or without a record
 */
export async function checkpointNamed(folder: string, name: string): Promise<Checkpoint> {
  const id = parseName(name);
  if (id && (await readHead(filesOf(folder, id).record).catch(() => null)) !== null)
    return verifiedCheckpoint(folder, id);
  const unrecorded = await unrecordedNamed(folder, name);
  if (unrecorded) throw withoutRecordFailure(folder, unrecorded);
  const { entries, recoveries } = await listCheckpoints(folder);
  return verifiedCheckpoint(folder, entryNamed(folder, [...entries, ...recoveries], name));
}

/** @throws FailureError when no entry has this name */
export function entryNamed(folder: string, entries: readonly Entry[], name: string): Entry {
  const entry = entries.find((candidate) => nameOf(candidate) === name);
  if (entry) return entry;
  const names = entries.slice(0, MOST_NAMES).map(nameOf).join(', ');
  throw new FailureError({
    what: `There is no checkpoint “${name}” in this folder.`,
    where: folder,
    remedy: names === '' ? 'The folder holds none.' : `Name one of: ${names}.`,
  });
}

/**
 * Reads a checkpoint's record and checks its files against it.
 * @throws FailureError saying what is wrong with it
 */
export async function verifiedCheckpoint(folder: string, entry: CheckpointId): Promise<Checkpoint> {
  try {
    return await verifyCheckpoint(folder, entry);
  } catch (error) {
    throw new FailureError(
      {
        what: `Checkpoint ${nameOf(entry)} ${stateBy(error)}: ${messageOf(error)}.`,
        where: folder,
        remedy:
          readingFault(error)?.remedy ?? 'Choose another checkpoint; this one is left as it is.',
      },
      { cause: error },
    );
  }
}

export const unrecordedNamed = async (folder: string, name: string): Promise<Unrecorded | null> =>
  (await unrecordedIn(folder)).find((found) => found.name === name) ?? null;

export const withoutRecordFailure = (folder: string, { name, whose }: Unrecorded): FailureError =>
  new FailureError({
    what: `“${name}” has no record of Firstlayer (${whoseText[whose]}): it can be listed, shown and verified, but nothing else is done with it.`,
    where: folder,
    remedy: `Its files, ${name}.index and ${name}.data-…, are TensorFlow’s own and can be copied as they are. Train with --take-over to have its record rebuilt, or take its weights into a new folder with --weights-from.`,
  });
