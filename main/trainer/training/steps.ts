import { gather, part } from '../data/batches.ts';
import type { Batch } from '../data/batches.ts';
import type { Diagnostics, StepOutcome } from '../tensorflow/outcomes.ts';
import { stepsUntilDiagnosis } from './layer-diagnostics.ts';
import type { Run } from './run.ts';
import { liveSettings } from '../tensorflow/feeds.ts';

/** A step with what it was fed. */
export interface DoneStep {
  batch: Batch;
  learningRate: number;
  settings: Float32Array;
  outcome: StepOutcome;
  /** Every so many steps, a look at what it did to the layers. */
  diagnostics: Diagnostics | null;
}

/**
 * Trains on the next examples of an epoch; leaves the run's cursor where it is. @param order of its examples @param count of steps,
 * more than one only with whole batches. @returns them in turn; one that ended before it changed anything is the last
 */
export function doSteps(run: Run, order: Uint32Array, count: number): DoneStep[] {
  const { session, config, cursor, dataset, imageSize } = run;
  const { step, position } = cursor;
  const indices = order.subarray(position, position + count * config.data.batchSize);
  const batch = gather(dataset.train, indices, imageSize);
  const rates = Array.from({ length: count }, (_, k) => run.learningRateIn(k));
  const fed = rates.map((learningRate, k) => ({
    batch: part(batch, k, count),
    learningRate,
    settings: liveSettings(config, learningRate),
  }));
  const [first] = fed;
  if (!first) throw new Error('no steps to do');
  if (count > 1) {
    const settings = fed.map((each) => each.settings);
    const outcomes = session.trainSeveral(batch, step, settings);
    return fed.flatMap((each, k) => {
      const outcome = outcomes[k];
      return outcome ? [{ ...each, outcome, diagnostics: null }] : [];
    });
  }
  return stepsUntilDiagnosis(run) === 0
    ? [{ ...first, ...session.trainAndDiagnose(batch, step, first.settings) }]
    : [{ ...first, outcome: session.train(batch, step, first.settings), diagnostics: null }];
}
