import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { FailureError, type Failure } from '../../../shared/ipc.ts';
import { replaceFile, summarize, sync, UNFINISHED } from './files.ts';
import { recordSchema, type CheckpointRecord } from './record.ts';

/**
 * Checkpoints in TensorFlow's own format and naming, so that `tf.train.latest_checkpoint` finds them, each with a record of
 * the run beside it. Only files that this app wrote are ever touched.
 */

/** As many as TensorFlow's Saver keeps; the best by validation is kept besides. */
const KEPT = 5;
const RECORD_NAME = /^model\.ckpt-(\d+)\.json$/;

const dataName = (step: number): string => `model.ckpt-${step}.data-00000-of-00001`;
const indexName = (step: number): string => `model.ckpt-${step}.index`;
const recordName = (step: number): string => `model.ckpt-${step}.json`;

export interface Checkpoint {
  /** What TensorFlow calls the checkpoint's path: the files' common beginning. */
  prefix: string;
  record: CheckpointRecord;
}

const message = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

function folderFailure(folder: string, doing: string, error: unknown): FailureError {
  return new FailureError(
    {
      what: `The checkpoint folder cannot be ${doing}: ${message(error)}`,
      where: folder,
      remedy: 'Choose a folder that exists, is not full and may be written to.',
    },
    { cause: error },
  );
}

/** Makes the folder if need be and removes what an interrupted save left. @throws FailureError */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const left = (await readdir(folder)).filter((name) => name.startsWith(UNFINISHED));
    await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
  } catch (error) {
    throw folderFailure(folder, 'used', error);
  }
}

/** Steps of the checkpoints that have a record, newest first; none where there is no folder. */
export async function listSteps(folder: string): Promise<number[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw folderFailure(folder, 'read', error);
  }
  return names
    .flatMap((name) => RECORD_NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => b - a);
}

/** Reads one checkpoint's record and checks its files against it. @throws Error saying what is damaged */
async function verify(folder: string, step: number): Promise<Checkpoint> {
  const text = await readFile(join(folder, recordName(step)), 'utf8');
  const record = v.parse(recordSchema, JSON.parse(text));
  for (const [name, expected] of [
    [indexName(step), record.files.index],
    [dataName(step), record.files.data],
  ] as const) {
    const found = await summarize(join(folder, name));
    if (found.bytes !== expected.bytes)
      throw new Error(`${name} has ${found.bytes} bytes, but ${expected.bytes} were written`);
    if (found.sha256 !== expected.sha256) throw new Error(`${name} is not what was written`);
  }
  if (record.cursor.step !== step)
    throw new Error(`${recordName(step)} belongs to step ${record.cursor.step}`);
  return { prefix: join(folder, `model.ckpt-${step}`), record };
}

/** The newest checkpoint that verifies, and what was wrong with any newer one. */
export async function newestCheckpoint(
  folder: string,
): Promise<{ checkpoint: Checkpoint | null; damaged: Failure[] }> {
  const damaged: Failure[] = [];
  for (const step of await listSteps(folder)) {
    try {
      return { checkpoint: await verify(folder, step), damaged };
    } catch (error) {
      damaged.push({
        what: `Checkpoint model.ckpt-${step} is damaged and was passed over: ${message(error)}.`,
        where: folder,
        remedy: 'Training goes on from the newest good checkpoint.',
      });
    }
  }
  return { checkpoint: null, damaged };
}

/** TensorFlow's state file, in protocol-buffer text: the newest checkpoint and all of them, oldest first. */
function stateFile(newestFirst: readonly number[]): string {
  const quoted = (step: number): string => JSON.stringify(`model.ckpt-${step}`);
  return [
    `model_checkpoint_path: ${quoted(newestFirst[0] ?? 0)}`,
    ...[...newestFirst].reverse().map((step) => `all_model_checkpoint_paths: ${quoted(step)}`),
    '',
  ].join('\n');
}

/**
 * Saves a checkpoint so that it is there whole or not at all: tensors under unfinished names, to the disk, renamed; then the
 * record, which makes it count; then TensorFlow's state file; then what is older than the newest few is removed.
 * @param write makes TensorFlow write `prefix.index` and `prefix.data-…`
 * @returns the checkpoint's prefix
 * @throws FailureError when the folder cannot be written to; earlier checkpoints are as they were
 */
export async function saveCheckpoint(
  folder: string,
  record: Omit<CheckpointRecord, 'files' | 'format'>,
  write: (prefix: string) => void,
): Promise<string> {
  const { step } = record.cursor;
  const unfinished = join(folder, `${UNFINISHED}${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    write(unfinished);
    const data = `${unfinished}.data-00000-of-00001`;
    const index = `${unfinished}.index`;
    await sync(data);
    await sync(index);
    const files = { index: await summarize(index), data: await summarize(data) };
    await rename(data, join(folder, dataName(step)));
    await rename(index, join(folder, indexName(step)));
    await replaceFile(
      join(folder, recordName(step)),
      `${JSON.stringify({ format: 1, ...record, files }, null, 1)}\n`,
    );
    const steps = await listSteps(folder);
    await replaceFile(join(folder, 'checkpoint'), stateFile(steps.slice(0, KEPT)));
    await sync(folder);
    await prune(
      folder,
      steps.slice(KEPT).filter((old) => old !== record.watch.best?.step),
    );
  } catch (error) {
    throw folderFailure(folder, 'written to', error);
  }
  return join(folder, `model.ckpt-${step}`);
}

/** The record goes first: without it the rest is not a checkpoint of ours any more. */
async function prune(folder: string, steps: readonly number[]): Promise<void> {
  for (const step of steps) {
    for (const name of [recordName(step), indexName(step), dataName(step)])
      await rm(join(folder, name), { force: true });
  }
}
