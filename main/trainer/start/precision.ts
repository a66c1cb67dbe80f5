import { formatFixed } from '../../../shared/format.ts';
import type { Precision, RunConfig } from '../../../shared/config.ts';
import { consecutiveExamples } from '../data/batches.ts';
import { classWeights } from '../data/class-weights.ts';
import type { Dataset } from '../data/dataset.ts';
import { imageBytes } from '../data/raw-dataset.ts';
import { compile } from '../graph/compile.ts';
import type { ImageShape } from '../../../shared/network-shape.ts';
import { widestLayout } from '../tensorflow/layout-support.ts';
import { Session } from '../tensorflow/session.ts';
import { fedNumbers } from '../tensorflow/feeds.ts';

const WARM_UP = 4;
const ROUNDS = 3;
const STEPS_A_ROUND = 4;

export interface PrecisionChoice {
  precision: Precision;
  /** One sentence for the person. */
  reason: string;
}

/**
 * Opens a network of this configuration with weights from its seed, whose steps are timed and which is thrown away.
 * @param weights class weights, as for `compile`
 */
export async function openThrowAway(
  config: RunConfig,
  precision: Precision,
  image: ImageShape,
  weights: readonly number[] | null,
): Promise<Session> {
  const layout = await widestLayout(precision);
  return Session.begin(compile(config, precision, image, layout, 1, weights), null);
}

/** @param times at least one */
export const medianOf = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[times.length >> 1] ?? Infinity;

/** Milliseconds of a training step in each. */
export type PrecisionTimes = Record<Precision, number>;

/** Takes the faster. */
export function choiceOf({ float32, bfloat16 }: PrecisionTimes): PrecisionChoice {
  return {
    precision: bfloat16 < float32 ? 'bfloat16' : 'float32',
    reason: `Measured here: a step takes ${formatFixed(float32, 1)} ms in float32 and ${formatFixed(bfloat16, 1)} ms in bfloat16.`,
  };
}

/**
 * Times both precisions in turn on this machine, a second or two in all. The weights are thrown away: the run itself starts from its own
 * seed.
 */
export async function measurePrecisions(
  config: RunConfig,
  dataset: Dataset,
  image: ImageShape,
): Promise<PrecisionTimes> {
  const size = Math.min(config.data.batchSize, dataset.train.count);
  const batch = consecutiveExamples(dataset.train, 0, size, imageBytes(dataset));
  const numbers = fedNumbers(config, config.optimizer.learningRate);
  const weights = classWeights(config, dataset.train.labels, image.classes);
  const times: Record<Precision, number[]> = { float32: [], bfloat16: [] };
  const sessions = new Map<Precision, Session>();
  const steps = (session: Session, count: number): void => {
    for (let k = 0; k < count; k++) session.train(batch, 0, numbers);
  };
  try {
    for (const precision of ['float32', 'bfloat16'] as const) {
      const session = await openThrowAway(config, precision, image, weights);
      sessions.set(precision, session);
      steps(session, WARM_UP);
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const [precision, session] of sessions) {
        await new Promise((resolve) => setImmediate(resolve)); // Commands are served between rounds too.
        const since = performance.now();
        steps(session, STEPS_A_ROUND);
        times[precision].push((performance.now() - since) / STEPS_A_ROUND);
      }
    }
  } finally {
    for (const session of sessions.values()) session.close();
  }
  return { float32: medianOf(times.float32), bfloat16: medianOf(times.bfloat16) };
}
