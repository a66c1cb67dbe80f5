import type { RunConfig } from '../../../shared/config.ts';
import type { Cursor } from '../checkpoint/record.ts';

/** What of a run decides how much of it is left. */
interface Position {
  config: RunConfig;
  cursor: Pick<Cursor, 'step' | 'epoch' | 'position'>;
  dataset: Record<'train' | 'validation' | 'test', { count: number }>;
  isComplete: boolean;
}

/** What a run has still to do before it is finished, where no early stopping ends it before. */
export interface WorkLeft {
  /** Examples to be trained on, the same in each epoch anew. */
  trained: number;
  /** Examples to be evaluated: the validation of each epoch that comes to its end, and the test. */
  evaluated: number;
  /** Checkpoints to be taken on the way. Those that are due by the minute are too seldom to count. */
  saves: number;
  /** Checkpoints whose end is waited for: the last. */
  writes: number;
}

export function workLeft({ config, cursor, dataset, isComplete }: Position): WorkLeft {
  const { train, validation, test } = dataset;
  if (isComplete) return { trained: 0, evaluated: test.count, saves: 0, writes: 1 };
  const { batchSize } = config.data;
  const { epochs, maxSteps } = config.training;
  const { everySteps } = config.checkpoints;
  const restOfEpoch = train.count - cursor.position;
  const stepsToEnd = Math.ceil(restOfEpoch / batchSize);
  const stepsAnEpoch = Math.ceil(train.count / batchSize);
  const allowed = maxSteps === null ? Infinity : Math.max(maxSteps - cursor.step, 0);
  const ends = Math.min(
    epochs - cursor.epoch,
    allowed < stepsToEnd ? 0 : 1 + Math.floor((allowed - stepsToEnd) / stepsAnEpoch),
  );
  const inWhole = ends === 0 ? 0 : stepsToEnd + (ends - 1) * stepsAnEpoch;
  // `maxSteps` comes within an epoch, which is then not validated.
  const beyond = ends === epochs - cursor.epoch ? 0 : allowed - inWhole;
  return {
    trained: (ends === 0 ? 0 : restOfEpoch + (ends - 1) * train.count) + beyond * batchSize,
    evaluated: ends * validation.count + test.count,
    saves: ends + (everySteps === null ? 0 : Math.floor((inWhole + beyond) / everySteps)),
    writes: 1,
  };
}
