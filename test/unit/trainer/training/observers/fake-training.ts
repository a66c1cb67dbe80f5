import { seedRun } from '../../../../../shared/presets.ts';
import type { RunConfig } from '../../../../../shared/config.ts';
import {
  newPatience,
  type Patience,
} from '../../../../../main/trainer/checkpoint/patience-record.ts';
import type { Logged } from '../../../../../main/trainer/checkpoint/metrics-log.ts';
import type {
  ObservedTraining,
  ValidatedEpoch,
} from '../../../../../main/trainer/training/observers/observer.ts';
import type { DoneStep } from '../../../../../main/trainer/training/steps.ts';

export interface FakeTraining extends ObservedTraining {
  /** What was recorded of it. */
  recorded: Logged[];
}

/** A dense layer of one weight, which is finite. */
const session = {
  graph: {
    network: { layers: [{ layer: { type: 'dense' } }] },
    measuredLayers: [0],
    reluLayers: [],
  },
  notFinite: () => [],
  snapshot: () => [],
};

/** A run whose rate is one by the schedule, at its very beginning, with ten examples of each kind. */
export function fakeTraining(
  optimizer: Partial<RunConfig['optimizer']>,
  training: Partial<RunConfig['training']>,
): FakeTraining {
  const config = seedRun();
  const recorded: Logged[] = [];
  const run = {
    config: {
      ...config,
      optimizer: { ...config.optimizer, ...optimizer },
      training: { ...config.training, ...training },
    },
    cursor: { step: 0, epoch: 0, position: 0 },
    dataset: { train: { count: 10 }, validation: { count: 10 }, test: { count: 10 } },
    isComplete: false,
    patience: newPatience(),
    trainingSeconds: 0,
    get learningRate(): number {
      return this.patience.rateFactor;
    },
    session,
  };
  const saver = { goodCheckpoint: null, record: (event: Logged) => void recorded.push(event) };
  return { ...({ run, saver } as unknown as ObservedTraining), recorded };
}

/** A step of four examples, three of them right. */
export const doneStep = (number: number): DoneStep => ({
  kind: 'done',
  number,
  batch: { images: new Uint8Array(), labels: new Uint8Array(), size: 4 },
  learningRate: 0.1,
  numbers: new Float32Array(),
  outcome: { loss: 0.5, correct: 3, gradientNorms: Float32Array.of(1) },
  diagnostics: null,
  seconds: 2,
});

/**
 * Validated after each 10 steps.
 * @param losses of the epochs in turn
 */
const validatedEpochs = (losses: readonly number[]): ValidatedEpoch[] =>
  losses.map((loss, k) => ({
    epoch: k + 1,
    step: 10 * (k + 1),
    validation: { loss, accuracy: 1 - loss },
  }));

/** @returns the run's patience after each epoch */
export function observeEpochs(
  { run }: FakeTraining,
  observer: { onEpoch: (epoch: ValidatedEpoch) => void },
  losses: readonly number[],
): Patience[] {
  return validatedEpochs(losses).map((epoch) => {
    observer.onEpoch(epoch);
    return run.patience;
  });
}

/** Of epochs in turn. */
export const LOSSES = [0.5, 0.45, 0.44, 0.41, 0.42, 0.4, 0.43];
