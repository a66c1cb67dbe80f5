import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  CheckpointAnswer,
  CheckpointRequestOf,
} from '../../../../shared/checkpoint-protocol.ts';
import { FailureError } from '../../../../shared/ipc.ts';
import type { RunSummary } from '../../../../shared/run-summary.ts';
import { messageOf, systemFault } from '../../../../shared/system-errors.ts';
import { checkpointsIn } from '../folder.ts';
import { METRICS } from '../history.ts';
import { compareByAge } from '../lineage.ts';
import { type CheckpointId } from '../names.ts';
import type { CheckpointRecord } from '../record.ts';
import { ownValidation, readRecord } from '../record-entries.ts';
import { readRunRecord } from '../run-record.ts';
import { sampleLosses } from '../sampled-metrics.ts';
import type { AskedFolder } from './asked-folder.ts';

/** However many branches and checkpoints there are, so many of their records are read at most. */
const MOST_BRANCHES = 16;

export async function answerSummarize(
  { folder }: AskedFolder,
  { known }: CheckpointRequestOf<'summarize'>,
): Promise<CheckpointAnswer> {
  const changedAt = await lastChange(folder);
  const stamp = changedAt.join();
  if (stamp === known) return { type: 'summarize', stamp, run: null };
  return { type: 'summarize', stamp, run: await summarizeRun(folder, Math.max(...changedAt)) };
}

/**
 * When the folder's list of names and its curves were changed, in milliseconds.
 * @throws FailureError where there is no such folder, or it cannot be looked into
 */
async function lastChange(folder: string): Promise<number[]> {
  try {
    const stats = await stat(folder);
    if (!stats.isDirectory()) throw new Error('it is no folder');
    const metrics = await stat(join(folder, METRICS)).catch(() => null);
    return [stats.mtimeMs, ...(metrics ? [metrics.mtimeMs, metrics.size] : [])].map(Math.round);
  } catch (cause) {
    const fault = systemFault(cause);
    throw new FailureError(
      {
        what:
          fault?.code === 'ENOENT'
            ? 'The folder is not there.'
            : `The folder cannot be read: ${messageOf(cause)}.`,
        where: folder,
        remedy: fault?.remedy ?? 'Connect the disk it is on, or take it off the list.',
      },
      { cause },
    );
  }
}

async function summarizeRun(folder: string, changedAt: number): Promise<RunSummary> {
  const ids = (await checkpointsIn(folder)).sort(compareByAge);
  const described = await readRunRecord(folder);
  const newest = await newestRecords(folder, ids);
  const [record] = newest;
  const best = await bestValidation(folder, newest);
  const config = record?.config ?? (described === 'unreadable' ? null : described?.config) ?? null;
  return {
    config,
    checkpoints: ids.filter(({ isRecovery }) => !isRecovery).length,
    branches: new Set(ids.map(({ branch }) => branch)).size,
    step: record?.cursor.step ?? null,
    epoch: record?.cursor.epoch ?? null,
    bestAccuracy: best?.accuracy ?? null,
    bestLoss: best?.loss ?? null,
    lastAccuracy: record?.validation?.accuracy ?? null,
    changedAt: config === null ? null : changedAt,
    trainingSeconds: record?.trainingSeconds ?? null,
    curve: await sampleLosses(folder),
  };
}

/** Of each branch the newest record that can be read, the newest branch first. */
async function newestRecords(
  folder: string,
  ids: readonly CheckpointId[],
): Promise<CheckpointRecord[]> {
  const records = new Map<number, CheckpointRecord>();
  let left = 2 * MOST_BRANCHES;
  for (const id of ids) {
    if (records.has(id.branch)) continue;
    if (left-- === 0 || records.size === MOST_BRANCHES) break;
    const record = await readRecord(folder, id).catch(() => null);
    if (record) records.set(id.branch, record);
  }
  return [...records.values()];
}

/** The lowest validation loss of these ways, and the accuracy that went with it where that is still known. */
async function bestValidation(
  folder: string,
  records: readonly CheckpointRecord[],
): Promise<{ loss: number; accuracy: number | null } | null> {
  const [record] = records
    .filter(({ watch }) => watch.best !== null)
    .sort((a, b) => (a.watch.best?.loss ?? 0) - (b.watch.best?.loss ?? 0));
  const best = record?.watch.best;
  if (!record || !best) return null;
  const { branch, validation } = record;
  if (validation?.loss === best.loss) return { loss: best.loss, accuracy: validation.accuracy };
  // It may have been saved on an ancestor.
  for (const number of [branch.number, ...branch.forks.map((fork) => fork.branch)]) {
    const saved = await readRecord(folder, { branch: number, step: best.step }).catch(() => null);
    const score = saved && ownValidation(saved);
    if (score?.loss === best.loss) return { loss: best.loss, accuracy: score.accuracy };
  }
  return { loss: best.loss, accuracy: null };
}
