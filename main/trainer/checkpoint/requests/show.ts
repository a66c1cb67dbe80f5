import { join } from 'node:path';
import type {
  CheckpointAnswer,
  CheckpointDetail,
  CheckpointRequestOf,
  Unrecorded,
} from '../../../../shared/checkpoint-protocol.ts';
import type { BundleEntry } from '../bundle/proto.ts';
import { readIndex, typeName } from '../bundle/read.ts';
import { checkpointFingerprint } from '../fingerprint.ts';
import { entryNamed, unrecordedNamed, verifiedCheckpoint } from '../named-checkpoint.ts';
import { filesOf } from '../names.ts';
import { listCheckpoints, ownValidation } from '../reading.ts';
import type { AskedFolder } from './asked-folder.ts';
import { summarizeEntries } from './list.ts';

type AnswerOf<T extends CheckpointAnswer['type']> = Extract<CheckpointAnswer, { type: T }>;

export async function answerShow(
  { folder }: AskedFolder,
  { name }: CheckpointRequestOf<'show'>,
): Promise<CheckpointAnswer> {
  const unrecorded = await unrecordedNamed(folder, name);
  return unrecorded
    ? { type: 'show-unrecorded', checkpoint: await describeUnrecorded(folder, unrecorded) }
    : { type: 'show', checkpoint: await detailOf(folder, name) };
}

async function detailOf(folder: string, name: string): Promise<CheckpointDetail> {
  const { entries, recoveries } = await listCheckpoints(folder);
  const entry = entryNamed(folder, [...entries, ...recoveries], name);
  const { record, prefix } = await verifiedCheckpoint(folder, entry);
  // A recovery checkpoint is none of those that are listed.
  const listed = entries.includes(entry) ? entries : [entry];
  const summary = summarizeEntries(listed)[listed.indexOf(entry)];
  if (!summary) throw new Error(`${name} has no summary`);
  const index = await readIndex(filesOf(folder, entry).index);
  const { config, precision, device, tensorFlow, datasetHash, branch } = record;
  return {
    ...summary,
    forks: branch.forks,
    validation: ownValidation(record),
    config,
    precision,
    device,
    tensorFlow,
    datasetHash,
    fingerprint: await checkpointFingerprint(prefix),
    variables: listVariables(index),
  };
}

async function describeUnrecorded(
  folder: string,
  unrecorded: Unrecorded,
): Promise<AnswerOf<'show-unrecorded'>['checkpoint']> {
  const path = `${join(folder, unrecorded.name)}.index`;
  // The damage is reported even if the index cannot be read; only the list of variables is empty then.
  const index = await readIndex(path).catch(() => new Map<string, BundleEntry>());
  return { ...unrecorded, variables: listVariables(index) };
}

const listVariables = (index: ReadonlyMap<string, BundleEntry>): CheckpointDetail['variables'] =>
  [...index].map(([name, { dtype, shape }]) => ({ name, type: typeName(dtype), shape }));
