import type { Precision, RunConfig } from '../../shared/config.ts';
import { compile } from '../../main/trainer/graph/compile.ts';
import type { CompiledGraph } from '../../main/trainer/graph/compiled-graph.ts';
import type { Batch } from '../../main/trainer/data/batches.ts';
import { Session } from '../../main/trainer/tensorflow/session.ts';
import { fedNumbers } from '../../main/trainer/tensorflow/feeds.ts';
import { doneStep } from './steps.ts';
import { widestPossible } from './side-by-side.ts';

export const image = { height: 9, width: 7, channels: 1, classes: 10 };

/** Images without zeros, so that no pooling window is empty, by a small fixed recurrence. */
export function testBatch(size: number, seed = 1): Batch {
  let state = seed;
  const next = (): number => (state = (state * 1103515245 + 12345) % 2147483648);
  const images = Uint8Array.from(
    { length: size * image.height * image.width },
    () => 1 + ((next() >> 12) % 255),
  );
  return { images, labels: Uint8Array.from({ length: size }, () => (next() >> 12) % 10), size };
}

export interface Step {
  before: Map<string, Float32Array>;
  after: Map<string, Float32Array>;
  /** What the optimizer changes. */
  weights: CompiledGraph['weights'];
  loss: number;
}

/**
 * One step on the real engine; with `descent`'s config, before − after is the gradient.
 * @param earlier rates of steps before it, which bring the weights to where they are then
 */
export async function oneStep(
  config: RunConfig,
  batch: Batch,
  precision: Precision = 'float32',
  earlier: readonly number[] = [],
  layout = widestPossible(precision),
): Promise<Step> {
  const session = await Session.open(compile(config, precision, image, layout));
  try {
    session.start();
    for (const [step, rate] of earlier.entries())
      doneStep(session.train(batch, step, fedNumbers(config, rate)));
    const before = session.variables();
    const numbers = fedNumbers(config, config.optimizer.learningRate);
    const { loss } = doneStep(session.train(batch, earlier.length, numbers)).outcome;
    return { before, after: session.variables(), weights: session.graph.weights, loss };
  } finally {
    session.close();
  }
}

/** ‖a − b‖ / ‖b‖. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} numbers against ${b.length}`);
  let difference = 0;
  let norm = 0;
  for (let k = 0; k < b.length; k++) {
    difference += ((a[k] ?? NaN) - (b[k] ?? NaN)) ** 2;
    norm += (b[k] ?? NaN) ** 2;
  }
  return Math.sqrt(difference) / Math.max(Math.sqrt(norm), 1e-12);
}
