import { join } from 'node:path';
import { FailureError } from '../../shared/ipc.ts';
import type { BundleEntry } from './checkpoint/bundle/proto.ts';
import { FLOAT32, readFloats, readIndex } from './checkpoint/bundle/read.ts';
import { writeBundle } from './checkpoint/bundle/write.ts';
import { messageOf } from './checkpoint/files.ts';
import { readingFault } from './checkpoint/reading.ts';
import type { CompiledGraph } from './graph/compiled-graph.ts';
import type { Session } from './session.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

type Described = CompiledGraph['variables'][number];

/** What a network took from another one's checkpoint, by variables' names. */
export interface TakenWeights {
  from: string;
  taken: string[];
  /** What was not, and why. */
  left: string[];
}

const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/** In which variables a checkpoint and a network differ, one sentence part each, those of the network first. */
export function differences(
  saved: ReadonlyMap<string, BundleEntry>,
  variables: readonly Described[],
): string[] {
  const names = new Set(variables.map(({ name }) => name));
  const inNetwork = variables.flatMap(({ name, shape }) => {
    const entry = saved.get(name);
    if (!entry) return [`${name} is only in the network`];
    if (entry.shape.join() === shape.join()) return [];
    return [
      `${name} is ${shapeText(entry.shape)} in the checkpoint, ${shapeText(shape)} in the network`,
    ];
  });
  const onlySaved = [...saved.keys()].filter((name) => !names.has(name));
  return [...inNetwork, ...onlySaved.map((name) => `${name} is only in the checkpoint`)];
}

/** Weights and running statistics: `layer/name`. What an optimizer keeps for them lies one deeper. */
const isWeight = ({ name }: Described): boolean => name.split('/').length === 2;

const unreadable = (prefix: string, error: unknown): FailureError =>
  new FailureError(
    {
      what: `The checkpoint whose weights are to be taken cannot be read: ${messageOf(error)}.`,
      where: prefix,
      remedy:
        readingFault(error)?.remedy ??
        'Name an undamaged TensorFlow checkpoint without its .index, such as FOLDER/model.ckpt-430.',
    },
    { cause: error },
  );

/** What a checkpoint holds that weights are to be taken from. @throws FailureError where it is not there or cannot be read */
export async function weightsIn(prefix: string): Promise<Map<string, BundleEntry>> {
  try {
    return await readIndex(`${prefix}.index`);
  } catch (error) {
    throw unreadable(prefix, error);
  }
}

/**
 * Gives a fresh network the weights of a checkpoint that it has by the same name and shape; the others keep their start.
 * @param prefix of any TensorFlow checkpoint, such as FOLDER/model.ckpt-430
 * @throws FailureError when the checkpoint cannot be read, or nothing in it matches
 */
export async function takeWeights(session: Session, prefix: string): Promise<TakenWeights> {
  const weights = session.graph.variables.filter(isWeight);
  const saved = await weightsIn(prefix);
  let values: Map<string, Float32Array>;
  try {
    const matching = weights.flatMap(({ name, shape }): [string, BundleEntry][] => {
      const entry = saved.get(name);
      return entry?.dtype === FLOAT32 && entry.shape.join() === shape.join() ? [[name, entry]] : [];
    });
    values = await readFloats(`${prefix}.data-00000-of-00001`, new Map(matching));
  } catch (error) {
    throw unreadable(prefix, error);
  }
  if (values.size === 0)
    throw new FailureError({
      what: 'The checkpoint has no weights that this network could take: none has both the same name and the same shape.',
      where: prefix,
      remedy: `Choose a checkpoint of a network that has layers in common with this one. ${differences(saved, weights).slice(0, 5).join('; ')}.`,
    });
  await restoreMerged(session, values);
  const left = differences(saved, weights).filter(
    (line) => !line.endsWith('only in the checkpoint'),
  );
  return { from: prefix, taken: [...values.keys()], left };
}

/** Through a checkpoint that has both what was taken and what the network started with. */
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
