import { join } from 'node:path';
import { FailureError } from '../../../shared/ipc.ts';
import type { BundleEntry } from '../checkpoint/bundle/proto.ts';
import { FLOAT32, openBundle, readBundleFloats, type Bundle } from '../checkpoint/bundle/read.ts';
import { writeBundle } from '../checkpoint/bundle/write.ts';
import { messageOf } from '../../../shared/system-errors.ts';
import { hasCode } from '../files/durable-files.ts';
import { readingFault } from '../checkpoint/reading.ts';
import type { CompiledGraph } from '../graph/compiled-graph.ts';
import type { Session } from '../tensorflow/session.ts';
import { withTemporaryFolder } from '../files/temporary-folder.ts';
import { describeBothSides, differencesOfNetwork } from './variable-differences.ts';
import { checkpointAt } from './weights-path.ts';

type Described = CompiledGraph['variables'][number];

/** The variables that a network took from another network's checkpoint, by name. */
export interface TakenWeights {
  from: string;
  taken: string[];
  /** What was not taken, and why. */
  left: string[];
}

/** Weights and running statistics have names of two parts, `layer/name`; optimizer slots have one part more. */
const isWeight = ({ name }: Described): boolean => name.split('/').length === 2;

const unreadableWeights = (prefix: string, error: unknown): FailureError =>
  new FailureError(
    {
      what: `The checkpoint whose weights are to be taken ${hasCode(error, 'ENOENT') ? 'is not there, or not all of its files' : `cannot be read: ${messageOf(error)}`}.`,
      where: prefix,
      remedy:
        readingFault(error)?.remedy ??
        'Name an undamaged TensorFlow checkpoint, such as FOLDER/model.ckpt-430, one of its files, or the folder that it lies in.',
    },
    { cause: error },
  );

/**
 * Opens a checkpoint whose weights are to be taken.
 * @param path of any TensorFlow checkpoint, such as FOLDER/model.ckpt-430, of one of its files, or of its folder
 * @throws FailureError where it is not there or cannot be read
 */
export async function weightsIn(path: string): Promise<Bundle> {
  const prefix = await checkpointAt(path);
  try {
    return await openBundle(prefix);
  } catch (error) {
    throw unreadableWeights(prefix, error);
  }
}

/**
 * Gives a fresh network the checkpoint's weights that have the same name and shape; its other weights keep their initial values.
 * @param path as for `weightsIn`
 * @throws FailureError when the checkpoint cannot be read, or nothing in it matches
 */
export async function takeWeights(session: Session, path: string): Promise<TakenWeights> {
  const weights = session.graph.variables.filter(isWeight);
  const bundle = await weightsIn(path);
  const { prefix, variables: saved } = bundle;
  let values: Map<string, Float32Array>;
  try {
    const matching = weights.flatMap(({ name, shape }): [string, BundleEntry][] => {
      const entry = saved.get(name);
      return entry?.dtype === FLOAT32 && entry.shape.join() === shape.join() ? [[name, entry]] : [];
    });
    values = await readBundleFloats(bundle, new Map(matching));
  } catch (error) {
    throw unreadableWeights(prefix, error);
  }
  if (values.size === 0)
    throw new FailureError({
      what: 'The checkpoint has no weights that this network could take: none has both the same name and the same shape.',
      where: prefix,
      remedy: `Choose a checkpoint of a network that has layers in common with this one. ${describeBothSides(saved, weights)}`,
    });
  await restoreMerged(session, values);
  const left = differencesOfNetwork(saved, weights);
  return { from: prefix, taken: [...values.keys()], left };
}

/** Restores a temporary checkpoint of the taken weights and, for all others, the initial values. */
async function restoreMerged(
  session: Session,
  values: ReadonlyMap<string, Float32Array>,
): Promise<void> {
  const merged = session
    .snapshot()
    .map((tensor) => ({ ...tensor, values: values.get(tensor.name) ?? tensor.values }));
  const prefixIn = (folder: string): string => join(folder, 'merged');
  await withTemporaryFolder(
    'weights',
    async (folder) => {
      const prefix = prefixIn(folder);
      await writeBundle(
        { data: `${prefix}.data-00000-of-00001`, index: `${prefix}.index` },
        merged,
      );
    },
    (folder) => {
      session.restore(prefixIn(folder));
    },
  );
}
