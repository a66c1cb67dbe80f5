import { join } from 'node:path';
import type { RunConfig } from '../../../shared/config.ts';
import { FailureError } from '../../../shared/ipc.ts';
import { isLink, readIfThere, replaceFile } from './files.ts';
import type { Branch } from './record.ts';

/** What a folder's run is, for people and other programs. The app itself goes by the records of the checkpoints. */
export interface RunRecord {
  program: 'Firstlayer';
  format: 1;
  version: string;
  tensorFlow: string;
  node: string;
  /** Processor and threads. */
  device: string;
  config: RunConfig;
  precision: string;
  seed: number;
  /** The dataset and the SHA-256 of its axes and values. */
  dataset: string;
  datasetHash: string;
  branch: Branch;
  /** The checkpoint of another run that matching weights were taken from. */
  weightsFrom: string | null;
}

const FILE = 'run.json';

function isOurs(text: string): boolean {
  try {
    const record: unknown = JSON.parse(text);
    return typeof record === 'object' && record !== null && 'program' in record
      ? record.program === 'Firstlayer'
      : false;
  } catch {
    return false;
  }
}

/** @throws FailureError where the file is another program's; Error where it cannot be written */
export async function writeRunRecord(folder: string, record: RunRecord): Promise<void> {
  const path = join(folder, FILE);
  const before = await readIfThere(path);
  const isAnothers = before !== null && before.trim() !== '' && !isOurs(before);
  if (isAnothers || (await isLink(path)))
    throw new FailureError({
      what: `${FILE} in this folder is another program’s, or damaged, and was left as it is.`,
      where: path,
      remedy: 'Nothing has to be done. Move that file elsewhere to have this run described there.',
    });
  await replaceFile(path, `${JSON.stringify(record, null, 2)}\n`);
}
