import type { RunConfig } from './config.ts';
import { FORWARD_SHARE } from './run-share.ts';

/** The parts of a run that decide how much work is left. */
interface Position {
  config: RunConfig;
  /** Number of finished steps and epochs, and of examples of the present epoch. */
  cursor: { step: number; epoch: number; position: number };
  dataset: Record<'train' | 'validation' | 'test', { count: number }>;
  isComplete: boolean;
  /** Seconds spent in steps, over all starts of the run. */
  trainingSeconds: number;
}

/** The work that a run still has to do, unless early stopping or a goal of accuracy or loss ends it sooner. */
export interface WorkLeft {
  /** Number of examples to train on, counted anew in each epoch. */
  trained: number;
  /** Number of examples to evaluate: the validation of each epoch that is finished, and the test. */
  evaluated: number;
  /** The part of `evaluated` that belongs to the test, which comes last in any case. */
  tested: number;
  /** Number of checkpoints to take on the way. Those that are due by the minute are too rare to count. */
  saves: number;
  /** Number of checkpoints to wait for until they are written: the last one. */
  writes: number;
  /** Seconds in steps after which the run ends in any case; Infinity if it has no such goal. */
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
  // `maxSteps` may end the run within an epoch, which is then not validated.
  const beyond = ends === epochs - cursor.epoch ? 0 : allowed - inWhole;
  return {
    trained: (ends === 0 ? 0 : restOfEpoch + (ends - 1) * train.count) + beyond * batchSize,
    evaluated: ends * validation.count + test.count,
    saves: ends + (everySteps === null ? 0 : Math.floor((inWhole + beyond) / everySteps)),
    ...ending,
  };
}

/** Seconds for one unit of each kind of work. */
export interface WorkPace {
  /** Seconds for training on an example, and for evaluating one; null if not measured. */
  trained: number | null;
  evaluated: number | null;
  /** Seconds for which taking a checkpoint holds training up, and from then until it is written. */
  heldUp: number;
  written: number;
}

/** Null while neither training nor evaluation was measured; each is guessed from the other. */
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
 * Share of the run's steps that a goal of minutes allows, 0 to 1. The other steps, with their validations and checkpoints, are not done.
 * @param training seconds for each example
 */
export function shareAllowed({ trained, mostSeconds }: WorkLeft, training: number): number {
  const seconds = trained * training;
  return seconds > mostSeconds ? mostSeconds / seconds : 1;
}
