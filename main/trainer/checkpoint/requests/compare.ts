import type {
  CheckpointAnswer,
  CheckpointComparison,
  CheckpointRequestOf,
} from '../../../../shared/checkpoint-protocol.ts';
import { differencesBetween } from '../../../../shared/differences.ts';
import { layerNames } from '../../../../shared/layer-names.ts';
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
  const moved = await weightsMoved(folder, [a, indexA], [b, indexB], both);
  return {
    settings: differencesBetween(a.record.config, b.record.config),
    weights: [...moved].map(([name, sums]) => ({ name, distance: sums && distanceOf(sums) })),
    layers: inOrder(layersMoved(moved), layerNames(a.record.config.network.layers)),
    onlyInA: [...indexA.keys()].filter((name) => !indexB.has(name)),
    onlyInB: [...indexB.keys()].filter((name) => !indexA.has(name)),
  };
}

/** An index is sorted by name; a person reads layers from the image on. */
const inOrder = (
  layers: CheckpointComparison['layers'],
  names: readonly string[],
): CheckpointComparison['layers'] =>
  [...layers].sort((x, y) => names.indexOf(x.name) - names.indexOf(y.name));

type Index = Map<string, BundleEntry>;

/** Weights and running statistics, which are named `layer/name`. The optimizer's variables for them have a longer name. */
async function weightsIn(folder: string, { id }: Checkpoint): Promise<Index> {
  const index = await readIndex(filesOf(folder, id).index);
  return new Map([...index].filter(([name]) => name.split('/').length === 2));
}

/** Sums of squares: of the difference, and of the first's values. */
interface Moved {
  difference: number;
  norm: number;
}

/** Null: their shapes differ. */
async function weightsMoved(
  folder: string,
  [a, indexA]: [Checkpoint, Index],
  [b, indexB]: [Checkpoint, Index],
  names: readonly string[],
): Promise<Map<string, Moved | null>> {
  const moved = new Map<string, Moved | null>();
  // One variable after the other, because two networks' weights need not fit in memory together.
  for (const name of names) {
    const [entryA, entryB] = [indexA.get(name), indexB.get(name)];
    const alike =
      entryA?.dtype === FLOAT32 &&
      entryB?.dtype === FLOAT32 &&
      entryA.shape.join() === entryB.shape.join();
    if (!alike) {
      moved.set(name, null);
      continue;
    }
    const valuesA = await readFloats(filesOf(folder, a.id).data, new Map([[name, entryA]]));
    const valuesB = await readFloats(filesOf(folder, b.id).data, new Map([[name, entryB]]));
    moved.set(name, sumsOfSquares(valuesA.get(name), valuesB.get(name)));
  }
  return moved;
}

function sumsOfSquares(a: Float32Array = new Float32Array(), b: Float32Array = a): Moved {
  let difference = 0;
  let norm = 0;
  a.forEach((value, k) => {
    difference += (value - (b[k] ?? 0)) ** 2;
    norm += value ** 2;
  });
  return { difference, norm };
}

function distanceOf({ difference, norm }: Moved): number {
  if (difference === 0) return 0;
  return norm === 0 ? Infinity : Math.sqrt(difference / norm);
}

/** What each layer learns, its variables together; not running statistics, which it only measures. */
function layersMoved(moved: ReadonlyMap<string, Moved | null>): CheckpointComparison['layers'] {
  const layers = new Map<string, Moved | null>();
  for (const [name, sums] of moved) {
    const [layer = '', variable = ''] = name.split('/');
    if (variable.startsWith('moving_')) continue;
    const before = layers.get(layer) ?? { difference: 0, norm: 0 };
    const isLeftOut = sums === null || (layers.has(layer) && layers.get(layer) === null);
    layers.set(
      layer,
      isLeftOut
        ? null
        : { difference: before.difference + sums.difference, norm: before.norm + sums.norm },
    );
  }
  return [...layers].flatMap(([name, sums]) =>
    sums === null ? [] : [{ name, distance: distanceOf(sums) }],
  );
}
