import { gatherBatch, partOfBatch, type Batch } from '../data/batches.ts';
import { fedNumbers } from '../tensorflow/feeds.ts';
import type { StepResult } from '../tensorflow/outcomes.ts';
import type { Run } from './run.ts';

/** What a step was fed. */
export interface FedStep {
  /** The number of this step, from 1. */
  number: number;
  batch: Batch;
  learningRate: number;
  /** In the order of `FED_NUMBERS`, then dropout rates. */
  numbers: Float32Array;
}

/** A step that was done: what it was fed, what it tells of itself, and how long it took. */
export type DoneStep = FedStep & Extract<StepResult, { kind: 'done' }> & { seconds: number };

export interface RanSteps {
  /** In their order. */
  done: DoneStep[];
  /** The step after them, if its loss or the gradient of the loss was not finite. */
  diverged: FedStep | null;
}

/** Steps until the next step that is diagnosed, which runs alone; zero if the next one is. */
export function stepsUntilDiagnosis({ config, cursor }: Run): number {
  const { diagnosticsEvery } = config.training;
  if (diagnosticsEvery === 0) return Infinity;
  return (diagnosticsEvery - (cursor.step % diagnosticsEvery)) % diagnosticsEvery;
}

/**
 * Trains on the next examples of an epoch; leaves the run's cursor where it is.
 * @param order of the epoch's examples
 * @param rates the learning rate of each step; more than one only with whole batches
 */
export function runSteps(run: Run, order: Uint32Array, rates: readonly number[]): RanSteps {
  const since = performance.now();
  const { config, cursor, dataset, imageSize } = run;
  const { step, position } = cursor;
  const count = rates.length;
  const indices = order.subarray(position, position + count * config.data.batchSize);
  const batch = gatherBatch(dataset.train, indices, imageSize);
  const fed = rates.map((learningRate, k) => ({
    number: step + k + 1,
    batch: partOfBatch(batch, k, count),
    learningRate,
    numbers: fedNumbers(config, learningRate),
  }));
  const results = trainOn(run, batch, fed);
  const seconds = (performance.now() - since) / 1000 / count;
  const done: DoneStep[] = [];
  for (const [k, each] of fed.entries()) {
    const result = results[k];
    if (!result) break;
    if (result.kind === 'diverged') return { done, diverged: each };
    done.push({ ...each, ...result, seconds });
  }
  return { done, diverged: null };
}

/** @param batch the batches of all steps, one after the other */
function trainOn(run: Run, batch: Batch, steps: readonly FedStep[]): StepResult[] {
  const { session, cursor } = run;
  const [first] = steps;
  if (!first) throw new Error('no steps to run');
  if (steps.length > 1) {
    const numbers = steps.map((each) => each.numbers);
    return session.trainSeveral(batch, cursor.step, numbers);
  }
  return stepsUntilDiagnosis(run) === 0
    ? [session.trainAndDiagnose(batch, cursor.step, first.numbers)]
    : [session.train(batch, cursor.step, first.numbers)];
}
