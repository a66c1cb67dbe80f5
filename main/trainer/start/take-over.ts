import { join } from 'node:path';
import type { Branch } from '../../../shared/branch.ts';
import type { Unrecorded } from '../../../shared/checkpoint-protocol.ts';
import type { RunConfig } from '../../../shared/config.ts';
import { FailureError, type Failure } from '../../../shared/ipc.ts';
import { openBundle } from '../checkpoint/bundle/read.ts';
import { summarizeFile } from '../checkpoint/file-summary.ts';
import { commandOf } from '../files/command-name.ts';
import { replaceFile, syncFolder } from '../files/durable-files.ts';
import { folderFailure } from '../checkpoint/folder.ts';
import { compareByAge } from '../checkpoint/lineage.ts';
import { filesOf, parseName, type CheckpointId } from '../checkpoint/names.ts';
import type { Checkpoint } from '../checkpoint/reading.ts';
import { newCursor, type CheckpointRecord, type Cursor } from '../checkpoint/record.ts';
import { identityDifference } from '../checkpoint/run-identity.ts';
import type { RunRecord } from '../checkpoint/run-record.ts';
import { CheckpointStore } from '../checkpoint/store.ts';
import { foundText, surveyFolder } from '../checkpoint/survey.ts';
import type { Dataset } from '../data/dataset.ts';
import { unwatched } from '../data/raw-dataset.ts';
import { openTrainingData } from '../data/training-data.ts';
import { compile } from '../graph/compile.ts';
import type { ImageShape } from '../../../shared/network-shape.ts';
import { decodePicture } from '../tensorflow/picture-decoder.ts';
import { imageShape } from './feasible.ts';
import { variableDifferences } from './variable-differences.ts';
import { newPatience } from '../checkpoint/patience-record.ts';

/**
 * Takes over a folder whose checkpoints have lost their records. Where a checkpoint agrees with run.json, its record is rebuilt, so that it
 * is a checkpoint of this app again.
 */

/** Enough to see what is different. */
const MOST_LINES = 4;

/**
 * Why a checkpoint cannot belong to the run that run.json describes; null if it can.
 * @param image size and channels of its images, and the number of classes
 */
export async function checkpointDisagreement(
  folder: string,
  { name, whose, step, damage }: Unrecorded,
  { config, precision }: RunRecord,
  image: ImageShape,
): Promise<string | null> {
  if (damage !== null) return damage;
  if (whose !== 'Firstlayer') return 'its variables are not those of a network of Firstlayer';
  const id = parseName(name);
  if (!id) return `its files are not named as Firstlayer names them: model.ckpt-${step ?? 0}`;
  if (id.step !== step) return `its name tells step ${id.step}, but it holds step ${step ?? 0}`;
  const { variables } = await openBundle(join(folder, name));
  const lines = variableDifferences(variables, compile(config, precision, image).variables);
  if (lines.length === 0) return null;
  const more = lines.length > MOST_LINES ? '; …' : '';
  return `run.json describes another network, “${config.network.name}”: ${lines.slice(0, MOST_LINES).join('; ')}${more}`;
}

/** The run that is asked for; null stands for the one that run.json describes. */
interface Asked {
  config: RunConfig;
  dataset: Dataset;
}

/**
 * @returns notices of what was done and what could not be restored; none if every checkpoint has its record
 * @throws FailureError if there is nothing to take over, or nothing agrees; nothing has been changed then
 */
export async function takeOver(folder: string, asked: Asked | null): Promise<Failure[]> {
  // Opening it locks the folder and removes what an interrupted save left.
  const store = await CheckpointStore.open(folder);
  try {
    return await takeOverIn(store.folder, asked);
  } finally {
    await store.close();
  }
}

async function takeOverIn(folder: string, asked: Asked | null): Promise<Failure[]> {
  const found = await surveyFolder(folder);
  const { unrecorded, runRecord, hasRecorded } = found;
  if (unrecorded.length === 0) {
    if (hasRecorded || foundText(found) !== null) return [];
    throw takeOverFailure(folder, 'There is nothing in this folder that could be taken over');
  }
  if (runRecord === null || runRecord === 'unreadable') {
    if (hasRecorded) return [];
    throw takeOverFailure(
      folder,
      `This folder cannot be taken over: it holds ${foundText(found) ?? ''}, but no run.json of Firstlayer that would say how to go on`,
    );
  }
  const { data: described } = runRecord.config;
  const tools = { decode: decodePicture, watch: unwatched };
  const dataset = asked?.dataset ?? (await openTrainingData(described, tools)).dataset;
  const config = asked?.config ?? runRecord.config;
  checkSameRun(folder, runRecord, { config, datasetHash: dataset.hash });
  const image = imageShape(dataset);
  const [taken, left]: [CheckpointId[], string[]] = [[], []];
  for (const each of unrecorded) {
    const reason = await checkpointDisagreement(folder, each, runRecord, image);
    const id = parseName(each.name);
    if (reason === null && id) taken.push(id);
    else left.push(`${each.name}: ${reason ?? ''}`);
  }
  if (taken.length === 0 && !hasRecorded)
    throw takeOverFailure(folder, `This folder cannot be taken over. ${left.join('. ')}`);
  const moved = withData(runRecord, config);
  try {
    for (const id of taken) await writeRecord(folder, id, moved, dataset);
    await syncFolder(folder);
  } catch (error) {
    throw folderFailure(folder, 'written to', error);
  }
  return [takeOverNotice(folder, taken, left, runRecord, dataset)];
}

/** The settings that a folder's run goes on with once it is taken over: those of the newest checkpoint, or else of run.json. */
export async function configTakenOver(
  folder: string,
  checkpoint: Checkpoint | null,
): Promise<RunConfig | null> {
  const { unrecorded, runRecord } = await surveyFolder(folder);
  const described = runRecord === 'unreadable' ? null : (runRecord?.config ?? null);
  if (!checkpoint) return described;
  const isNewer = unrecorded.some(({ name }) => {
    const id = parseName(name);
    return id !== null && compareByAge(id, checkpoint.id) < 0;
  });
  return isNewer && described ? described : checkpoint.record.config;
}

const takeOverFailure = (folder: string, what: string): FailureError =>
  new FailureError({
    what: `${what}. Nothing has been changed.`,
    where: folder,
    remedy:
      'Choose another folder (--checkpoint-dir). A new run in it can take the weights that match from a checkpoint here: --weights-from.',
  });

function checkSameRun(
  folder: string,
  described: RunRecord,
  asked: Parameters<typeof identityDifference>[1],
): void {
  const difference = identityDifference(described, asked);
  if (!difference) return;
  const { path, name, was, asked: is } = difference;
  throw new FailureError({
    what: `The folder cannot be taken over: its run.json describes a run with ${name} ${was}, but ${is} is asked for. Nothing has been changed.`,
    where: folder,
    remedy: `Ask for ${name} ${was}${path === 'data.dataset' ? ' (--dataset)' : ''}, or choose another folder (--checkpoint-dir).`,
  });
}

/** The same images and drawings may be at another place now. */
const withData = (
  { config, ...described }: RunRecord,
  { data: { dataset, ownDrawings } }: RunConfig,
): RunRecord => ({
  ...described,
  config: {
    ...config,
    data: { ...config.data, dataset, ...(ownDrawings && { ownDrawings }) },
  },
});

async function writeRecord(
  folder: string,
  id: CheckpointId,
  described: RunRecord,
  dataset: Dataset,
): Promise<void> {
  const { config, precision, datasetHash, device, tensorFlow, branch } = described;
  const files = filesOf(folder, id);
  const record: CheckpointRecord = {
    format: 1,
    cursor: cursorAt(id.step, config, dataset),
    branch: branchOf(id, branch),
    // No checkpoint that a person has brought here is pruned.
    pinned: true,
    watch: newPatience(),
    config,
    precision,
    image: imageShape(dataset),
    datasetHash,
    validation: null,
    device,
    tensorFlow,
    files: { index: await summarizeFile(files.index), data: await summarizeFile(files.data) },
  };
  await replaceFile(files.record, `${JSON.stringify(record, null, 1)}\n`);
}

/** The cursor of a run after `step` steps of the same batch size. */
export function cursorAt(step: number, { data }: RunConfig, { train }: Dataset): Cursor {
  const stepsPerEpoch = Math.ceil(train.count / data.batchSize);
  const batches = step % stepsPerEpoch;
  const position = batches * data.batchSize;
  return {
    ...newCursor(),
    step,
    epoch: Math.floor(step / stepsPerEpoch),
    position,
    batches,
    ...(position > 0 && { uncounted: position }),
  };
}

/** run.json describes the last branch and those it came from; nothing is known of any other. */
function branchOf({ branch }: CheckpointId, last: Branch): Branch {
  if (branch === last.number) return last;
  const at = last.forks.findIndex((fork) => fork.branch === branch);
  return { number: branch, forks: at < 0 ? [] : last.forks.slice(0, at) };
}

function takeOverNotice(
  folder: string,
  taken: readonly CheckpointId[],
  left: readonly string[],
  { config }: RunRecord,
  dataset: Dataset,
): Failure {
  const steps = taken.map(({ step }) => step).sort((a, b) => b - a);
  const isWithinEpoch = steps.some((step) => cursorAt(step, config, dataset).position > 0);
  const lost = [
    ...(isWithinEpoch ? ['the loss and accuracy of the epoch’s first part'] : []),
    'the best validation so far and how long it has been waited for a better one',
    'a rate that was lowered meanwhile',
    'how long it has trained',
    'the validation of the checkpoint itself',
    'which were pinned (now all are)',
  ].join(', ');
  const what =
    taken.length === 0
      ? 'The folder was taken over; no record could be rebuilt.'
      : `The folder was taken over: ${steps.length === 1 ? 'the record of step' : 'the records of steps'} ${steps.join(', ')} ${steps.length === 1 ? 'was' : 'were'} rebuilt from run.json. Not restored, for nothing tells of it: ${lost}. The batch size is taken to have been ${config.data.batchSize} all along.`;
  return {
    what: left.length === 0 ? what : `${what} Left as they are: ${left.join('; ')}.`,
    where: folder,
    remedy: `Nothing has to be done. Unpin what need not be kept: ${commandOf('checkpoints')} unpin NAME.`,
  };
}
