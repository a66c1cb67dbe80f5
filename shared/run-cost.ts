import type { RunConfig } from './config.ts';
import type { MeasuredCost } from './cost-protocol.ts';
import { sumLayers, walkLayers, type ImageShape } from './network-shape.ts';
import { slotStarts } from './optimizer-slots.ts';
import { secondsOfWork, shareAllowed, workLeft } from './work-left.ts';

/** What a run costs, before it is begun. */

/** Examples of each part of the data. */
export type PartCounts = Record<'train' | 'validation' | 'test', number>;

export interface RunCost {
  /** From the first step to the end of the test; null: nothing was measured, or it is not known how many images there are. */
  seconds: number | null;
  /** It ends sooner where validation has reached a goal, or gets no better: `seconds` and `steps` are the most. */
  mayEndSooner: boolean;
  /** Null: it is not known how many images there are. */
  steps: number | null;
  /** Of all variables in one checkpoint; null: the layers do not fit. */
  checkpointBytes: number | null;
  /** The trainer's at its peak, with the data; null: nothing was measured. */
  memoryBytes: number | null;
}

/**
 * What a run costs from its very beginning.
 * @param counts null: they are not known before the data are read
 * @param image what the data's images are; null: that is not known
 * @param measured of this very set-up; null: it was not
 */
export function runCost(
  config: RunConfig,
  counts: PartCounts | null,
  image: ImageShape | null,
  measured: MeasuredCost | null,
): RunCost {
  const { earlyStopping, goal } = config.training;
  return {
    ...(counts ? stepsAndSeconds(config, counts, measured) : { steps: null, seconds: null }),
    mayEndSooner: earlyStopping !== null || (goal?.accuracy ?? goal?.loss ?? null) !== null,
    checkpointBytes: image && checkpointBytes(config, image),
    memoryBytes:
      measured && measured.memoryBytes + (image && counts ? dataBytes(image, counts) : 0),
  };
}

function stepsAndSeconds(
  config: RunConfig,
  counts: PartCounts,
  measured: MeasuredCost | null,
): Pick<RunCost, 'steps' | 'seconds'> {
  const { train, validation, test } = counts;
  const work = workLeft({
    config,
    cursor: { step: 0, epoch: 0, position: 0 },
    dataset: { train: { count: train }, validation: { count: validation }, test: { count: test } },
    isComplete: false,
    trainingSeconds: 0,
  });
  const { epochs, maxSteps } = config.training;
  const inEpochs = epochs * Math.ceil(train / config.data.batchSize);
  const steps = Math.min(inEpochs, maxSteps ?? Infinity);
  if (!measured) return { steps, seconds: null };
  const trained = 1 / measured.examplesPerSecond;
  const pace = { trained, evaluated: null, heldUp: 0, written: 0 };
  return {
    steps: Math.ceil(steps * shareAllowed(work, trained)),
    seconds: secondsOfWork(work, pace),
  };
}

/** A byte a value, as they are kept. */
const dataBytes = ({ height, width, channels }: ImageShape, counts: PartCounts): number =>
  height * width * channels * (counts.train + counts.validation + counts.test);

const FLOAT_BYTES = 4;
const STEP_BYTES = 8;

/**
 * Bytes of all variables in a checkpoint: weights, what the optimizer keeps of each, statistics, and the number of steps. Its index
 * and record are some kilobytes more.
 * @returns null where the layers do not fit
 */
export function checkpointBytes(
  { network, optimizer }: RunConfig,
  image: ImageShape,
): number | null {
  const { shapes, misfit } = walkLayers(network.layers, [
    image.height,
    image.width,
    image.channels,
  ]);
  if (misfit) return null;
  const { parameters, memory } = sumLayers(shapes);
  const slots = Object.keys(slotStarts(optimizer.rule)).length;
  return memory.parameters + slots * parameters * FLOAT_BYTES + STEP_BYTES;
}

/** Two set-ups for which this is the same take the same time a step, and the same memory. */
export const speedKey = (config: RunConfig, image: ImageShape): string => {
  const { network, optimizer, data, training } = config;
  const { rule, weightDecay, clipNorm, labelSmoothing } = optimizer;
  return JSON.stringify([
    [network.layers, image],
    [rule, weightDecay > 0, clipNorm !== null, labelSmoothing > 0],
    [data.batchSize, data.augmentation],
    [training.precision, training.classWeights],
  ]);
};
