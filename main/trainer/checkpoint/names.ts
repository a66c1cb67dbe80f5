import { join } from 'node:path';
import { UNFINISHED } from '../files/durable-files.ts';

/** Which checkpoint of a folder: the branch of the run it belongs to, and the steps done. */
export interface CheckpointId {
  branch: number;
  step: number;
  /** Kept within an epoch in case the process is killed; the next checkpoint of the branch replaces it. */
  isRecovery?: boolean;
}

/** Written with the whole number's own digits, so that two names never mean the same step. */
const NAME = /^(model|recovery)(?:\.branch-([1-9]\d{0,8}))?\.ckpt-(0|[1-9]\d{0,14})$/;
const RECORD_END = '.json';

/** `model.ckpt-STEP`, as TensorFlow's Saver has it; later branches say which; a recovery checkpoint is `recovery.ckpt-STEP`. */
export function nameOf({ branch, step, isRecovery }: CheckpointId): string {
  const kind = isRecovery ? 'recovery' : 'model';
  return branch === 1 ? `${kind}.ckpt-${step}` : `${kind}.branch-${branch}.ckpt-${step}`;
}

/** What `nameOf` made the name of; null for any other. */
export function parseName(name: string): CheckpointId | null {
  const match = NAME.exec(name);
  if (!match) return null;
  const [, kind, branch, step] = match;
  const id: CheckpointId = { branch: Number(branch ?? 1), step: Number(step) };
  if (kind === 'recovery') id.isRecovery = true;
  return nameOf(id) === name ? id : null;
}

/** A checkpoint's files in `folder`: TensorFlow's two, and this app's record, without which they do not count. */
export interface CheckpointFiles {
  prefix: string;
  data: string;
  index: string;
  record: string;
}

const filesNamed = (folder: string, name: string): CheckpointFiles => {
  const prefix = join(folder, name);
  return {
    prefix,
    data: `${prefix}.data-00000-of-00001`,
    index: `${prefix}.index`,
    record: `${prefix}${RECORD_END}`,
  };
};

export const filesOf = (folder: string, id: CheckpointId): CheckpointFiles =>
  filesNamed(folder, nameOf(id));

export const unfinishedFilesOf = (folder: string, id: CheckpointId): CheckpointFiles =>
  filesNamed(folder, `${UNFINISHED}${nameOf(id)}`);

/** The checkpoint whose record a file name is; null where it is none. */
export const idOfRecord = (fileName: string): CheckpointId | null =>
  fileName.endsWith(RECORD_END) ? parseName(fileName.slice(0, -RECORD_END.length)) : null;

/** The same for a record that is not finished, or about to be removed. */
export const idOfUnfinishedRecord = (fileName: string): CheckpointId | null =>
  fileName.startsWith(UNFINISHED) ? idOfRecord(fileName.slice(UNFINISHED.length)) : null;

const FILE_ENDS = [RECORD_END, '.index', '.data-00000-of-00001'];

/** The checkpoint that a file name belongs to, or would if it were ours; null for any other name. */
export function idOfFile(fileName: string): CheckpointId | null {
  const end = FILE_ENDS.find((ending) => fileName.endsWith(ending));
  return end === undefined ? null : parseName(fileName.slice(0, -end.length));
}

/** A file of a TensorFlow checkpoint of whatever name: what it is of it, and the name that its files have in common. */
export interface BundleFile {
  name: string;
  part: 'index' | 'data' | 'meta';
}

/** `.meta` is the graph that tf.train.Saver writes beside. */
const BUNDLE_FILE = /^(.+)\.(index|meta|data-\d{5}-of-\d{5})$/s;

/** Null for a file that is none, or one of this app's that is not finished. */
export function bundleFile(fileName: string): BundleFile | null {
  const [, name, end] = BUNDLE_FILE.exec(fileName) ?? [];
  if (name === undefined || end === undefined || name.startsWith(UNFINISHED)) return null;
  return { name, part: end === 'index' || end === 'meta' ? end : 'data' };
}
