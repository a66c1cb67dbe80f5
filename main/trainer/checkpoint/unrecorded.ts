import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Unrecorded } from '../../../shared/checkpoint-protocol.ts';
import { dataPaths, INT64, openBundle, readWhole, type Bundle } from './bundle/read.ts';
import { messageOf } from '../../../shared/system-errors.ts';
import { hasCode, readIfThere, UNFINISHED } from '../files/durable-files.ts';
import { isFolder } from '../files/is-folder.ts';
import { namesIn } from './folder.ts';
import { ASIDE, bundleFile, parseName, type BundleFile } from './names.ts';
import { isOtherVersions, parseRecord } from './record.ts';

/** Checkpoints in TensorFlow's format without a record of this app: copied without it, or written by another program. */

/** The variable that holds the step in this app's and TensorFlow 1's checkpoints. STEPS adds tf.train.Checkpoint's usual ones. */
export const STEP = 'global_step';
const STEPS = [STEP, 'step', 'optimizer/_iterations', 'optimizer/iter', 'save_counter'].flatMap(
  (name) => [name, `${name}/.ATTRIBUTES/VARIABLE_VALUE`],
);

/** Every checkpoint written by tf.train.Checkpoint has this variable; none by tf.train.Saver has it. */
const OBJECT_GRAPH = '_CHECKPOINTABLE_OBJECT_GRAPH';
/** The names that this app's compiler gives a layer's variables. */
const OUR_VARIABLE = /^(convolution|dense|batch_normalization)_[1-9]\d*\/[^.]+$/;

/**
 * The checkpoints of a folder without a record, highest step first.
 * @throws FailureError when the folder cannot be read
 */
export async function unrecordedIn(folder: string): Promise<Unrecorded[]> {
  const fileNames = new Set(await namesIn(folder));
  const parts = new Map<string, BundleFile['part'][]>();
  for (const fileName of fileNames) {
    const file = bundleFile(fileName);
    if (file) parts.set(file.name, [...(parts.get(file.name) ?? []), file.part]);
  }
  const found: Unrecorded[] = [];
  for (const [name, theirs] of parts) {
    const isRecorded = recordedByName(name, fileNames) ?? (await hasForeignRecord(folder, name));
    if (isRecorded) continue;
    const described = await describeUnrecorded(folder, name, theirs);
    if (described) found.push(described);
  }
  return found.sort((a, b) => (b.step ?? -1) - (a.step ?? -1) || (a.name < b.name ? -1 : 1));
}

/** Whether the checkpoint has a record, even a damaged or unfinished one, or one that was set aside; null: its text must tell. */
function recordedByName(name: string, fileNames: ReadonlySet<string>): boolean | null {
  if (fileNames.has(`${name}.json`)) return parseName(name) ? true : null;
  return [UNFINISHED, ASIDE].some((begin) => fileNames.has(`${begin}${name}.json`));
}

/** Under a name that is not this app's. */
async function hasForeignRecord(folder: string, name: string): Promise<boolean> {
  const text = await readIfThere(join(folder, `${name}.json`)).catch(() => null);
  return text !== null && (parseRecord(text) !== null || isOtherVersions(text));
}

/** Null if a folder has the name of the index. */
async function describeUnrecorded(
  folder: string,
  name: string,
  parts: readonly BundleFile['part'][],
): Promise<Unrecorded | null> {
  const prefix = join(folder, name);
  const hasGraph = parts.includes('meta');
  const unknown = {
    name,
    whose: hasGraph ? ('tf.train.Saver' as const) : ('unknown' as const),
    step: stepInName(name),
    bytes: 0,
  };
  if (!parts.includes('index'))
    return { ...unknown, damage: `its file ${name}.index is not there` };
  let bundle: Bundle;
  try {
    bundle = await openBundle(prefix);
  } catch (error) {
    if (hasCode(error, 'EISDIR') || (await isFolder(`${prefix}.index`))) return null;
    return { ...unknown, damage: `its index cannot be read: ${messageOf(error)}` };
  }
  const known = { ...unknown, whose: whoseIs(bundle, hasGraph) };
  try {
    const bytes = await bytesOf(bundle);
    return { ...known, bytes, step: (await stepIn(bundle)) ?? known.step, damage: null };
  } catch (error) {
    const damage = hasCode(error, 'ENOENT') ? 'a data file is not there' : messageOf(error);
    return { ...known, damage };
  }
}

/** TensorFlow's savers put the step at the end of a name. */
function stepInName(name: string): number | null {
  const [, digits] = /-(\d{1,15})$/.exec(name) ?? [];
  return digits === undefined ? null : Number(digits);
}

function whoseIs({ variables }: Bundle, hasGraph: boolean): Unrecorded['whose'] {
  if (variables.has(OBJECT_GRAPH)) return 'tf.train.Checkpoint';
  const others = [...variables.keys()].filter((name) => name !== STEP);
  const isOurs =
    !hasGraph &&
    variables.get(STEP)?.dtype === INT64 &&
    others.length > 0 &&
    others.every((name) => OUR_VARIABLE.test(name));
  return isOurs ? 'Firstlayer' : 'tf.train.Saver';
}

/**
 * The size of all the checkpoint's files together.
 * @throws Error when a file is missing or shorter than the index says
 */
async function bytesOf(bundle: Bundle): Promise<number> {
  let bytes = (await stat(`${bundle.prefix}.index`)).size;
  for (const [k, path] of dataPaths(bundle).entries()) {
    const { size } = await stat(path);
    for (const entry of bundle.variables.values())
      if ((entry.shard ?? 0) === k && entry.offset + entry.size > size)
        throw new Error('a data file is shorter than the index says');
    bytes += size;
  }
  return bytes;
}

async function stepIn(bundle: Bundle): Promise<number | null> {
  for (const name of STEPS) {
    const step = await readWhole(bundle, name);
    if (step !== null && step >= 0 && Number.isSafeInteger(step)) return step;
  }
  return null;
}
