import { basename } from 'node:path';
import { imagesOf } from '../../../../shared/appearance.ts';
import type {
  CheckpointAnswer,
  CheckpointRequestOf,
} from '../../../../shared/checkpoint-protocol.ts';
import { eventWords } from '../../../../shared/event-words.ts';
import { FailureError } from '../../../../shared/ipc.ts';
import type { ReportData } from '../../../../shared/report/report-data.ts';
import { notesOnWay } from '../../../../shared/run-notes.ts';
import type { EpochEvent, RunEvent } from '../../../../shared/trainer-events.ts';
import { checkpointFingerprint } from '../fingerprint.ts';
import { readHistory } from '../history.ts';
import { namedOrNewestCheckpoint } from '../named-checkpoint.ts';
import { filesOf, nameOf } from '../names.ts';
import { listCheckpoints, type Checkpoint } from '../reading.ts';
import { ownValidation } from '../record-entries.ts';
import { readNotes } from '../notes-file.ts';
import { readRunRecord } from '../run-record.ts';
import { readTestScore } from '../test-score.ts';
import type { AskedFolder } from './asked-folder.ts';
import { readFirstKernels } from './kernels.ts';
import { summarizeEntries } from './list.ts';

/** Checkpoints of which a report tells the fingerprint: every byte of each is read. */
const MOST_FINGERPRINTS = 12;
/** What has changed nothing of the run. */
const UNTOLD: ReadonlySet<RunEvent['type']> = new Set(['pause-began', 'pause-ended', 'saved']);
/** Checkpoints that it lists at all. */
const MOST_LISTED = 100;

export async function answerReport(
  { folder }: AskedFolder,
  { name }: CheckpointRequestOf<'report'>,
): Promise<CheckpointAnswer> {
  const { checkpoint } = await namedOrNewestCheckpoint(folder, name);
  if (checkpoint) return { type: 'report', data: await reportOf(folder, checkpoint) };
  throw new FailureError({
    what: 'There is no checkpoint in this folder that a report could tell of.',
    where: folder,
    remedy: 'Choose the folder that a run was saved in.',
  });
}

async function reportOf(folder: string, checkpoint: Checkpoint): Promise<ReportData> {
  const { id, prefix, record } = checkpoint;
  const fingerprint = await checkpointFingerprint(prefix);
  const { history } = await readHistory(folder, record.branch, id.step);
  const kernels = await readFirstKernels(prefix);
  const described = await readRunRecord(folder);
  const versions = described === null || described === 'unreadable' ? null : described;
  return {
    folder: basename(folder),
    config: record.config,
    image: record.image,
    classNames: imagesOf(record).classNames,
    precision: record.precision,
    device: record.device,
    tensorFlow: record.tensorFlow,
    versions: versions && { app: versions.version, node: versions.node },
    datasetHash: record.datasetHash,
    checkpoint: {
      name: nameOf(id),
      step: id.step,
      epoch: record.cursor.epoch,
      branch: record.branch,
      trainingSeconds: record.trainingSeconds ?? null,
      fingerprint,
    },
    training: history.steps.map(({ step, loss, accuracy }) => ({ step, loss, accuracy })),
    epochs: history.epochs.map(({ epoch, step, train, validation }) => ({
      epoch,
      step,
      ...train,
      validation: validation && { loss: validation.loss, accuracy: validation.accuracy },
    })),
    events: history.events.flatMap(({ event }) => {
      const what = UNTOLD.has(event.type) ? '' : eventWords(event);
      return what === '' ? [] : [{ step: event.step, what }];
    }),
    evaluation: await evaluationOf(folder, checkpoint, history.epochs),
    filters: kernels && { shape: kernels.shape, values: [...kernels.values] },
    checkpoints: await listed(folder, new Map([[nameOf(id), fingerprint]])),
    // Whoever has the data adds them.
    mistakes: null,
    ...(await notesUpTo(folder, checkpoint)),
  };
}

async function notesUpTo(
  folder: string,
  { id, record }: Checkpoint,
): Promise<Pick<ReportData, 'notes' | 'notesProblem'>> {
  const { notes, problem } = await readNotes(folder);
  const onWay = notesOnWay(notes, record.branch).filter(({ step }) => step <= id.step);
  return {
    notes: onWay.map(({ step, text }) => ({ step, text })),
    notesProblem: problem?.what ?? null,
  };
}

/** The test of this very checkpoint, or the newest validation. */
async function evaluationOf(
  folder: string,
  { id, record }: Checkpoint,
  epochs: readonly EpochEvent[],
): Promise<ReportData['evaluation']> {
  const test = await readTestScore(folder, id.step);
  if (test) return { part: 'test', step: id.step, score: test };
  const own = ownValidation(record);
  if (own) return { part: 'validation', step: id.step, score: own };
  const last = epochs.findLast(({ validation }) => validation !== null);
  return last?.validation ? { part: 'validation', step: last.step, score: last.validation } : null;
}

/** @param known fingerprints of checkpoints whose bytes need not be read again */
async function listed(
  folder: string,
  known: ReadonlyMap<string, string>,
): Promise<ReportData['checkpoints']> {
  const { entries } = await listCheckpoints(folder);
  const checkpoints: ReportData['checkpoints'] = [];
  const summaries = (await summarizeEntries(folder, entries)).slice(0, MOST_LISTED);
  for (const [k, summary] of summaries.entries()) {
    const entry = entries[k];
    const { name, step, epoch, validationLoss, bytes, isBest, pinned } = summary;
    // One that is damaged is listed without.
    const fingerprint =
      entry && k < MOST_FINGERPRINTS
        ? (known.get(name) ??
          (await checkpointFingerprint(filesOf(folder, entry).prefix).catch(() => null)))
        : null;
    checkpoints.push({ name, step, epoch, validationLoss, bytes, isBest, pinned, fingerprint });
  }
  return checkpoints;
}
