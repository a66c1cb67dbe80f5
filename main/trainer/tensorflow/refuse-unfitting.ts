import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { FailureError } from '../../../shared/ipc.ts';
import { messageOf, systemFault } from '../../../shared/system-errors.ts';
import { dataPaths, FLOAT32, INT64, openBundle } from '../checkpoint/bundle/read.ts';
import { STEP } from '../checkpoint/unrecorded.ts';
import type { CompiledGraph } from '../graph/compiled-graph.ts';

const BYTES = { [FLOAT32]: 4, [INT64]: 8 } as const;

/**
 * Refuses a checkpoint that TensorFlow could not read into a network, in words that a person understands. Whoever made the files may have
 * meant harm, and then their checksums are right.
 * @param prefix the checkpoint's path without `.index`
 * @throws FailureError
 */
export async function refuseUnfitting(graph: CompiledGraph, prefix: string): Promise<void> {
  try {
    await checkFits(graph, prefix);
  } catch (error) {
    throw new FailureError(
      {
        what: `Checkpoint ${basename(prefix)} cannot be used: ${messageOf(error)}.`,
        where: dirname(prefix),
        remedy:
          systemFault(error)?.remedy ??
          'Its files are not as Firstlayer writes them. Choose another checkpoint, or another folder; nothing here was changed.',
      },
      { cause: error },
    );
  }
}

/** @throws Error that names the variable */
async function checkFits({ variables }: CompiledGraph, prefix: string): Promise<void> {
  const bundle = await openBundle(prefix);
  const sizes = await Promise.all(dataPathsOf(bundle).map(async (path) => (await stat(path)).size));
  for (const { name, shape } of variables) {
    const entry = bundle.variables.get(name);
    if (!entry) throw new Error(`it has no variable ${name}`);
    const dtype = name === STEP ? INT64 : FLOAT32;
    if (entry.dtype !== dtype || entry.isSliced || entry.shape.join() !== shape.join())
      throw new Error(`${name} is of another type or shape than its network’s`);
    const bytes = shape.reduce((a, b) => a * b, BYTES[dtype]);
    const end = entry.offset + entry.size;
    if (entry.size !== bytes || entry.offset < 0 || !(end <= (sizes[entry.shard ?? 0] ?? 0)))
      throw new Error(`${name} lies beyond the data file’s end`);
  }
}

/** Of the few that a network has; an index may tell of a hundred thousand. */
const MOST_FILES = 1_000;

function dataPathsOf(bundle: Parameters<typeof dataPaths>[0]): string[] {
  if (bundle.shards > MOST_FILES) throw new Error(`it tells of ${bundle.shards} data files`);
  return dataPaths(bundle);
}
