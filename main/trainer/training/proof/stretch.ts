import { FailureError } from '../../../../shared/ipc.ts';
import { FROM_START, type ProofRequest } from '../../../../shared/proof.ts';
import { isAncestor } from '../../checkpoint/lineage.ts';
import { checkpointNamed } from '../../checkpoint/named-checkpoint.ts';
import { nameOf, type CheckpointId } from '../../checkpoint/names.ts';
import { listCheckpoints, verifyCheckpoint, type Checkpoint } from '../../checkpoint/reading.ts';

/** What is trained once more: the steps between two checkpoints of a run. */
export interface Stretch {
  /** Null: the run's fresh start, at step 0. */
  begin: Checkpoint | null;
  /** The checkpoint that is to be proven. */
  end: Checkpoint;
}

/**
 * Finds the stretch that leads to a checkpoint.
 * @throws FailureError where one of the two is missing or damaged, or the first is not on the way to the second
 */
export async function chooseStretch(
  folder: string,
  { name, from }: ProofRequest,
): Promise<Stretch> {
  const end = await checkpointNamed(folder, name);
  if (from === FROM_START) return { begin: null, end };
  if (from === undefined) return { begin: await checkpointBefore(folder, end), end };
  const begin = await checkpointNamed(folder, from);
  if (!isBefore(begin.id, end)) throw notOnTheWay(folder, from, name);
  return { begin, end };
}

/** A checkpoint that a run passed on its way to `end`; at the same step one of a branch that it left there. */
function isBefore(id: CheckpointId, { id: end, record }: Checkpoint): boolean {
  if (nameOf(id) === nameOf(end) || !isAncestor(id, record.branch)) return false;
  return id.branch === end.branch ? id.step < end.step : id.step <= end.step;
}

/** The newest good one on the way to `end`; null: there is none. */
async function checkpointBefore(folder: string, end: Checkpoint): Promise<Checkpoint | null> {
  const { entries, recoveries } = await listCheckpoints(folder);
  const before = [...entries, ...recoveries]
    .filter((entry) => isBefore(entry, end))
    .sort((a, b) => b.step - a.step || b.branch - a.branch);
  for (const entry of before) {
    // The stretch only becomes longer where one cannot be read.
    const checkpoint = await verifyCheckpoint(folder, entry).catch(() => null);
    if (checkpoint) return checkpoint;
  }
  return null;
}

const notOnTheWay = (folder: string, from: string, name: string): FailureError =>
  new FailureError({
    what: `${from} is not on the way to ${name}: the run came to that by another branch, or later.`,
    where: folder,
    remedy: `Name an earlier checkpoint of the same branch, or “${FROM_START}”; left out, the one before it is taken.`,
  });
