import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDataset } from '../../../main/trainer/data/dataset.ts';
import type { Precision } from '../../../shared/config.ts';
import { networkShape } from '../../../shared/network-shape.ts';
import { startOwn } from '../contestants/list.ts';
import { configOf, type OwnOptions } from '../contestants/own.ts';
import { writeDataset } from '../datasets.ts';
import type { Progress } from '../progress.ts';
import { START_SECONDS, takeTurns, TURN_SECONDS } from '../turns.ts';

/** One point of a curve. */
export interface ScalingPoint {
  /** Batch size, training examples, or factor of the width. */
  x: number;
  precision: Precision;
  /** Examples a second, one a turn. */
  speeds: number[];
  /** Bytes. */
  peakMemory: number;
  /** Bytes of images and labels that are kept in memory. */
  data: number;
  /** Multiplications and additions in pairs: of one example's forward pass, and of its forward and backward pass. */
  multiplyAdds: { forward: number; training: number };
}

export interface Scaling {
  rounds: number;
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
const ROUNDS = 3;
const TEST_EXAMPLES = 10_000;
const BYTES_AN_EXAMPLE = 28 * 28 + 1;
const MNIST_BYTES = (60_000 + TEST_EXAMPLES) * BYTES_AN_EXAMPLE;
/** Of one turn, whatever its batches. */
const EXAMPLES = 4096;

const processes = PRECISIONS.length * (BATCHES.length + WIDTHS.length) + DATASETS.length;
export const scalingSeconds = processes * (START_SECONDS + ROUNDS * TURN_SECONDS);

/** How speed and memory go with the batch, the data and the network, each alone. */
export async function measureScaling(progress: Progress): Promise<Scaling> {
  const batch: ScalingPoint[] = [];
  const width: ScalingPoint[] = [];
  const leftOut: string[] = [];
  for (const precision of PRECISIONS) {
    const given = { precision, seed: 1 };
    batch.push(
      ...(await curve(
        'batch',
        BATCHES.map((x) => ({ x, options: { ...given, batchSize: x } })),
        leftOut,
        progress,
      )),
    );
    width.push(
      ...(await curve(
        'width',
        WIDTHS.map((x) => ({ x, options: { ...given, width: x } })),
        leftOut,
        progress,
      )),
    );
  }
  const dataset = await overDatasets(leftOut, progress);
  return { rounds: ROUNDS, batch, dataset, width, leftOut };
}

async function overDatasets(leftOut: string[], progress: Progress): Promise<ScalingPoint[]> {
  const folder = await mkdtemp(join(tmpdir(), 'firstlayer-bench-'));
  try {
    const { train } = await loadDataset('mnist', 0);
    progress.begin('Writing datasets');
    for (const count of DATASETS) await writeDataset(join(folder, String(count)), train, count);
    const points = DATASETS.map((x) => ({
      x,
      options: { precision: 'float32' as const, seed: 1, dataset: join(folder, String(x)) },
    }));
    const measured = await curve('examples', points, leftOut, progress);
    return measured.map((point) => ({
      ...point,
      data: (point.x + TEST_EXAMPLES) * BYTES_AN_EXAMPLE,
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Measures some settings in turns. @param what they differ in @param leftOut is added to */
async function curve(
  what: string,
  points: readonly { x: number; options: OwnOptions }[],
  leftOut: string[],
  progress: Progress,
): Promise<ScalingPoint[]> {
  const nameOf = ({ x, options }: (typeof points)[number]): string =>
    `${what} ${x}, ${options.precision}`;
  const entrants = points.map((point) => ({
    name: nameOf(point),
    steps: Math.max(Math.round(EXAMPLES / (point.options.batchSize ?? 128)), 1),
    variants: [() => startOwn(nameOf(point), point.options)],
  }));
  const { measured, leftOut: without } = await takeTurns(entrants, ROUNDS, progress);
  leftOut.push(...without);
  return points.flatMap((point): ScalingPoint[] => {
    const one = measured.find(({ name }) => name === nameOf(point));
    if (!one) return [];
    const { speeds, peakMemory } = one;
    const { x, options } = point;
    const { precision } = options;
    return [
      { x, precision, speeds, peakMemory, data: MNIST_BYTES, multiplyAdds: multiplyAdds(options) },
    ];
  });
}

/** A layer's gradients take as much by weights and by inputs as its forward pass; nobody asks for the gradient by the image. */
export function multiplyAdds(options: OwnOptions): ScalingPoint['multiplyAdds'] {
  const { layers, multiplyAdds: forward } = networkShape(
    configOf(options).network.layers,
    [28, 28, 1],
    10,
  );
  return { forward, training: 3 * forward - (layers[0]?.multiplyAdds ?? 0) };
}
