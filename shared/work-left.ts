import type { RunConfig } from './config.ts';
import { measuredExamples } from './measured-examples.ts';
import { FORWARD_SHARE } from './run-share.ts';

/** What of a run decides how much of it is left. */
interface Position {
  config: RunConfig;
  /** Steps and epochs that are done, and examples of the epoch that are. */
  cursor: { step: number; epoch: number; position: number };
  dataset: Record<'train' | 'validation' | 'test', { count: number }>;
  isComplete: boolean;
  /** Spent in steps, over all starts of the run. */
  trainingSeconds: number;
}

/** What a run has still to do before it is finished, where neither early stopping nor an accuracy or loss that it reaches ends it before. */
export interface WorkLeft {
  /** Examples to be trained on, the same in each epoch anew. */
  trained: number;
  /** Examples to be evaluated: of each epoch that comes to its end the validation and what of training is measured so, and the test. */
  evaluated: number;
  /** Those of them that are the test's, which comes last, whenever that is. */
  tested: number;
  /** Checkpoints to be taken on the way. Those that are due by the minute are too seldom to count. */
  saves: number;
  /** Checkpoints whose end is waited for: the last. */
  writes: number;
  /** Seconds in steps after which it ends, come what may; Infinity where it has no such goal. */
  mostSeconds: number;
}

export function workLeft(position: Position): WorkLeft {
  const { config, cursor, dataset, isComplete, trainingSeconds } = position;
  const { train, validation, test } = dataset;
  const { batchSize } = config.data;
  const { epochs, maxSteps, goal } = config.training;
  const minutes = goal?.minutes ?? null;
  const mostSeconds = minutes === null ? Infinity : Math.max(60 * minutes - trainingSeconds, 0);
  const ending = { tested: test.count, writes: 1, mostSeconds };
  if (isComplete) return { trained: 0, evaluated: test.count, saves: 0, ...ending };
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
  const measured = measuredExamples(config, {
    train: train.count,
    validation: validation.count,
  });
  // `maxSteps` comes within an epoch, which is then not validated.
  const beyond = ends === epochs - cursor.epoch ? 0 : allowed - inWhole;
  return {
    trained: (ends === 0 ? 0 : restOfEpoch + (ends - 1) * train.count) + beyond * batchSize,
    evaluated: ends * (validation.count + measured) + test.count,
    saves: ends + (everySteps === null ? 0 : Math.floor((inWhole + beyond) / everySteps)),
    ...ending,
  };
}

/** Seconds that one of each takes. */
export interface WorkPace {
  /** An example trained on, and one evaluated; null: it was not measured. */
  trained: number | null;
  evaluated: number | null;
  /** For which taking a checkpoint holds training up, and from then until it is written. */
  heldUp: number;
  written: number;
}

/** Null while neither training nor evaluation was measured: one is guessed from the other. */
export function secondsOfWork(work: WorkLeft, pace: WorkPace): number | null {
  const training =
    pace.trained ?? (pace.evaluated === null ? null : pace.evaluated / FORWARD_SHARE);
  if (training === null) return null;
  const evaluation = pace.evaluated ?? training * FORWARD_SHARE;
  const onTheWay =
    work.trained * training +
    (work.evaluated - work.tested) * evaluation +
    work.saves * pace.heldUp;
  const atEnd = work.tested * evaluation + work.writes * pace.written;
  return shareAllowed(work, training) * onTheWay + atEnd;
}

/**
 * Share of its steps that a goal of minutes allows, 0 to 1. With the others, their validations and checkpoints fall away.
 * @param training seconds an example
 */
export function shareAllowed({ trained, mostSeconds }: WorkLeft, training: number): number {
  const seconds = trained * training;
  return seconds > mostSeconds ? mostSeconds / seconds : 1;
}
