import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDataset } from '../../support/datasets.ts';
import type { Precision } from '../../../shared/config.ts';
import { networkShape } from '../../../shared/network-shape.ts';
import { startOwn } from '../contestants/list.ts';
import { configOf, type OwnOptions } from '../contestants/own.ts';
import { writeDataset } from '../datasets.ts';
import type { Progress } from '../progress.ts';
import { entrantSeconds, takeTurns, type Turns } from '../turns.ts';

/** One point of a curve. */
export interface ScalingPoint {
  /** Batch size, training examples, or factor of the width. */
  x: number;
  precision: Precision;
  /** Examples a second, one a turn. */
  speeds: number[];
  /** Bytes. */
  peakMemory: number;
  /** Bytes of images and labels in memory. */
  dataBytes: number;
  /** Multiplications and additions in pairs: of one example's forward pass, and of its forward and backward pass. */
  multiplyAdds: { forward: number; training: number };
}

export interface Scaling extends Turns {
  batch: ScalingPoint[];
  dataset: ScalingPoint[];
  width: ScalingPoint[];
  /** Points that could not be measured, and why. */
  leftOut: string[];
}

const BATCHES = [16, 32, 64, 128, 256, 512, 1024];
const DATASETS = [1_000, 4_000, 15_000, 60_000, 240_000];
const WIDTHS = [0.25, 0.5, 1, 1.5, 2];
const PRECISIONS = ['float32', 'bfloat16'] as const;
const TURNS: Turns = { starts: 1, rounds: 3, seconds: 1 };

/** Expected, for the time left. */
const epochSeconds = (examples: number): number => examples / 5000;

const processes = PRECISIONS.length * (BATCHES.length + WIDTHS.length) + DATASETS.length;
export const scalingSeconds =
  processes * entrantSeconds({ variants: [null] }, TURNS) +
  DATASETS.reduce((sum, examples) => sum + epochSeconds(examples), 0);

/** A point to be measured. */
interface Plan {
  x: number;
  options: Omit<OwnOptions, 'by'>;
  epochSeconds?: number;
}

/** How speed and memory go with the batch, the data and the network, each alone. */
export async function measureScaling(progress: Progress): Promise<Scaling> {
  const leftOut: string[] = [];
  const measure = async (what: string, plans: readonly Plan[]): Promise<ScalingPoint[]> => {
    const curve = await measureCurve(what, plans, progress);
    leftOut.push(...curve.leftOut);
    return curve.points;
  };
  const batch: ScalingPoint[] = [];
  const width: ScalingPoint[] = [];
  for (const precision of PRECISIONS) {
    const given = { precision, seed: 1 };
    const batches = BATCHES.map((x) => ({ x, options: { ...given, batchSize: x } }));
    batch.push(...(await measure('batch', batches)));
    const widths = WIDTHS.map((x) => ({ x, options: { ...given, width: x } }));
    width.push(...(await measure('width', widths)));
  }
  const folder = await mkdtemp(join(tmpdir(), 'firstlayer-bench-'));
  try {
    const dataset = await measure('examples', await writeDatasets(folder, progress));
    return { ...TURNS, batch, dataset, width, leftOut };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of each a whole epoch is trained, so that its peak memory is that of having seen all of it. */
async function writeDatasets(folder: string, progress: Progress): Promise<Plan[]> {
  progress.begin('Writing datasets');
  const { train } = await loadDataset('mnist', 0);
  for (const count of DATASETS) await writeDataset(join(folder, String(count)), train, count);
  return DATASETS.map((x) => ({
    x,
    options: { precision: 'float32', seed: 1, dataset: join(folder, String(x)) },
    epochSeconds: epochSeconds(x),
  }));
}

/**
 * Measures some settings in turns.
 * @param what they differ in
 */
async function measureCurve(
  what: string,
  plans: readonly Plan[],
  progress: Progress,
): Promise<{ points: ScalingPoint[]; leftOut: string[] }> {
  const nameOf = ({ x, options }: Plan): string => `${what} ${x}, ${options.precision}`;
  const entrants = plans.map((plan) => ({
    ...plan,
    name: nameOf(plan),
    variants: [() => startOwn(nameOf(plan), { by: 'engine', ...plan.options })],
  }));
  const { measured, leftOut } = await takeTurns(entrants, TURNS, progress);
  const points = plans.flatMap((plan): ScalingPoint[] => {
    const one = measured.find(({ name }) => name === nameOf(plan));
    if (!one) return [];
    const { speeds, peakMemory, dataBytes } = one;
    const { x, options } = plan;
    const { precision } = options;
    return [{ x, precision, speeds, peakMemory, dataBytes, multiplyAdds: multiplyAdds(options) }];
  });
  return { points, leftOut };
}

/** A layer's gradients take as much by weights and by inputs as its forward pass; nobody asks for the gradient by the image. */
export function multiplyAdds(options: Omit<OwnOptions, 'by'>): ScalingPoint['multiplyAdds'] {
  const { layers, multiplyAdds: forward } = networkShape(
    configOf(options).network.layers,
    [28, 28, 1],
    10,
  );
  return { forward, training: 3 * forward - (layers[0]?.multiplyAdds ?? 0) };
}
