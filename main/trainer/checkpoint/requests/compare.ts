import type {
  CheckpointAnswer,
  CheckpointComparison,
  CheckpointRequestOf,
} from '../../../../shared/checkpoint-protocol.ts';
import { differencesBetween } from '../../../../shared/differences.ts';
import type { BundleEntry } from '../bundle/proto.ts';
import { FLOAT32, readFloats, readIndex } from '../bundle/read.ts';
import { checkpointNamed } from '../named-checkpoint.ts';
import { filesOf } from '../names.ts';
import type { Checkpoint } from '../reading.ts';
import type { AskedFolder } from './asked-folder.ts';

export async function answerCompare(
  { folder }: AskedFolder,
  request: CheckpointRequestOf<'compare'>,
): Promise<CheckpointAnswer> {
  const a = await checkpointNamed(folder, request.name);
  const b = await checkpointNamed(folder, request.with);
  return { type: 'compare', comparison: await compareCheckpoints(folder, a, b) };
}

/**
 * Compares the settings and weights of two checkpoints.
 * @throws Error naming what cannot be read
 */
async function compareCheckpoints(
  folder: string,
  a: Checkpoint,
  b: Checkpoint,
): Promise<CheckpointComparison> {
  const [indexA, indexB] = [await weightsIn(folder, a), await weightsIn(folder, b)];
  const both = [...indexA.keys()].filter((name) => indexB.has(name));
  return {
    settings: differencesBetween(a.record.config, b.record.config),
    weights: await weightDistances(folder, [a, indexA], [b, indexB], both),
    onlyInA: [...indexA.keys()].filter((name) => !indexB.has(name)),
    onlyInB: [...indexB.keys()].filter((name) => !indexA.has(name)),
  };
}

type Index = Map<string, BundleEntry>;

/** Weights and running statistics, which are named `layer/name`. The optimizer's variables for them have a longer name. */
async function weightsIn(folder: string, { id }: Checkpoint): Promise<Index> {
  const index = await readIndex(filesOf(folder, id).index);
  return new Map([...index].filter(([name]) => name.split('/').length === 2));
}

async function weightDistances(
  folder: string,
  [a, indexA]: [Checkpoint, Index],
  [b, indexB]: [Checkpoint, Index],
  names: readonly string[],
): Promise<CheckpointComparison['weights']> {
  const weights: CheckpointComparison['weights'] = [];
  // One variable after the other, because two networks' weights need not fit in memory together.
  for (const name of names) {
    const [entryA, entryB] = [indexA.get(name), indexB.get(name)];
    const alike =
      entryA?.dtype === FLOAT32 &&
      entryB?.dtype === FLOAT32 &&
      entryA.shape.join() === entryB.shape.join();
    if (!alike) {
      weights.push({ name, distance: null });
      continue;
    }
    const valuesA = await readFloats(filesOf(folder, a.id).data, new Map([[name, entryA]]));
    const valuesB = await readFloats(filesOf(folder, b.id).data, new Map([[name, entryB]]));
    weights.push({ name, distance: euclideanDistance(valuesA.get(name), valuesB.get(name)) });
  }
  return weights;
}

function euclideanDistance(a: Float32Array = new Float32Array(), b: Float32Array = a): number {
  let difference = 0;
  let norm = 0;
  a.forEach((value, k) => {
    difference += (value - (b[k] ?? 0)) ** 2;
    norm += value ** 2;
  });
  if (difference === 0) return 0;
  return norm === 0 ? Infinity : Math.sqrt(difference / norm);
}
