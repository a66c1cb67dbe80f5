import { join } from 'node:path';
import * as v from 'valibot';
import { branchSchema } from '../../../shared/branch.ts';
import { runConfigSchema } from '../../../shared/config.ts';
import { FailureError } from '../../../shared/ipc.ts';
import { isLink, readIfThere, replaceFile, syncFolder } from '../files/durable-files.ts';
import { identityDifference } from './run-identity.ts';

const runRecordSchema = v.strictObject({
  program: v.literal('Firstlayer'),
  format: v.literal(1),
  version: v.string(),
  tensorFlow: v.string(),
  node: v.string(),
  /** Processor and threads. */
  device: v.string(),
  config: runConfigSchema,
  precision: v.picklist(['float32', 'bfloat16']),
  seed: v.number(),
  /** The dataset and the SHA-256 of its axes and values. */
  dataset: v.string(),
  datasetHash: v.string(),
  branch: branchSchema,
  /** The checkpoint of another run that matching weights were taken from. */
  weightsFrom: v.nullable(v.string()),
  /** Checkpoints in the folder that are not the run's, and that a person has chosen to leave there. */
  besides: v.optional(v.array(v.string()), []),
});

/** Describes a folder's run for people and other programs. The app itself goes by the records of the checkpoints. */
export type RunRecord = v.InferOutput<typeof runRecordSchema>;

const FILE = 'run.json';

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const isOurs = (text: string): boolean =>
  v.is(v.object({ program: v.literal('Firstlayer') }), jsonOf(text));

/** Reads a folder's run.json: `unreadable` if another version of this app wrote it, null if there is none of ours. */
export async function readRunRecord(folder: string): Promise<RunRecord | 'unreadable' | null> {
  const path = join(folder, FILE);
  const text = (await isLink(path).catch(() => true))
    ? null
    : await readIfThere(path).catch(() => null);
  if (text === null || !isOurs(text)) return null;
  const parsed = v.safeParse(runRecordSchema, jsonOf(text));
  return parsed.success ? parsed.output : 'unreadable';
}

/**
 * @param mayReplace whether a person was told that another run is described there, and chose to begin this one anyway
 * @throws FailureError when the file is another program's or describes another run; Error when it cannot be written
 */
export async function writeRunRecord(
  folder: string,
  record: RunRecord,
  mayReplace: boolean,
): Promise<void> {
  const path = join(folder, FILE);
  const before = await readIfThere(path);
  const isAnothers = before !== null && before.trim() !== '' && !isOurs(before);
  if (isAnothers || (await isLink(path)))
    throw new FailureError({
      what: `${FILE} in this folder is another program’s, or damaged, and was left as it is.`,
      where: path,
      remedy: 'Nothing has to be done. Move that file elsewhere to have this run described there.',
    });
  const described = await readRunRecord(folder);
  const isOther =
    described === 'unreadable' || (described !== null && identityDifference(described, record));
  if (isOther && !mayReplace)
    throw new FailureError({
      what: `${FILE} in this folder describes another run, and was left as it is.`,
      where: path,
      remedy: 'Nothing has to be done. Move that file elsewhere to have this run described there.',
    });
  await replaceFile(path, `${JSON.stringify(record, null, 2)}\n`);
  // After a power failure, this file says which run the remaining files belong to.
  await syncFolder(folder);
}
