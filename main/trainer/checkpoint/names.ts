import { join } from 'node:path';
import { UNFINISHED } from '../files/durable-files.ts';

/** Identifies a checkpoint in a folder: the branch of the run it belongs to, and the steps done. */
export interface CheckpointId {
  branch: number;
  step: number;
  /** A recovery checkpoint, saved within an epoch in case the process is killed; the branch's next checkpoint replaces it. */
  isRecovery?: boolean;
}

/** Leading zeros are not allowed, so that two names never mean the same step. */
const NAME = /^(model|recovery)(?:\.branch-([1-9]\d{0,8}))?\.ckpt-(0|[1-9]\d{0,14})$/;
const RECORD_END = '.json';

/** `model.ckpt-STEP`, as TensorFlow's Saver has it, or `recovery.ckpt-STEP`; branches after the first add their number. */
export function nameOf({ branch, step, isRecovery }: CheckpointId): string {
  const kind = isRecovery ? 'recovery' : 'model';
  return branch === 1 ? `${kind}.ckpt-${step}` : `${kind}.branch-${branch}.ckpt-${step}`;
}

export const isSame = (a: CheckpointId, b: CheckpointId): boolean => nameOf(a) === nameOf(b);

/** The reverse of `nameOf`; null for a name that it does not make. */
export function parseName(name: string): CheckpointId | null {
  const match = NAME.exec(name);
  if (!match) return null;
  const [, kind, branch, step] = match;
  const id: CheckpointId = { branch: Number(branch ?? 1), step: Number(step) };
  if (kind === 'recovery') id.isRecovery = true;
  return nameOf(id) === name ? id : null;
}

/** The paths of a checkpoint's files: TensorFlow's two, and this app's record, without which they do not count. */
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

/** The checkpoint whose record has this file name; null for any other name. */
export const idOfRecord = (fileName: string): CheckpointId | null =>
  fileName.endsWith(RECORD_END) ? parseName(fileName.slice(0, -RECORD_END.length)) : null;

/** The same for a record that is unfinished or being removed. */
export const idOfUnfinishedRecord = (fileName: string): CheckpointId | null =>
  fileName.startsWith(UNFINISHED) ? idOfRecord(fileName.slice(UNFINISHED.length)) : null;

/** The name of a record begins with this where a person has deleted its checkpoint and may still put it back. */
export const ASIDE = '.firstlayer-deleted-';

export const asideRecordOf = (folder: string, id: CheckpointId): string =>
  filesNamed(folder, `${ASIDE}${nameOf(id)}`).record;

/** The checkpoint whose record was set aside under this name; null for any other name. */
export const idOfAsideRecord = (fileName: string): CheckpointId | null =>
  fileName.startsWith(ASIDE) ? idOfRecord(fileName.slice(ASIDE.length)) : null;

const FILE_ENDS = [RECORD_END, '.index', '.data-00000-of-00001'];

/** The checkpoint whose file would have this name, whoever wrote it; null for any other name. */
export function idOfFile(fileName: string): CheckpointId | null {
  const end = FILE_ENDS.find((ending) => fileName.endsWith(ending));
  return end === undefined ? null : parseName(fileName.slice(0, -end.length));
}

/** A file of a TensorFlow checkpoint of any name: which part it is, and the name that all parts share. */
export interface BundleFile {
  name: string;
  part: 'index' | 'data' | 'meta';
}

/** `.meta` is the graph, which tf.train.Saver writes beside the checkpoint. */
const BUNDLE_FILE = /^(.+)\.(index|meta|data-\d{5}-of-\d{5})$/s;

/** Null for any other file, and for an unfinished one of this app. */
export function bundleFile(fileName: string): BundleFile | null {
  const [, name, end] = BUNDLE_FILE.exec(fileName) ?? [];
  if (name === undefined || end === undefined || name.startsWith(UNFINISHED)) return null;
  return { name, part: end === 'index' || end === 'meta' ? end : 'data' };
}
