import type { RunConfig } from './config.ts';
import type { MeasuredCost } from './cost-protocol.ts';
import { sumLayers, walkLayers, type ImageShape } from './network-shape.ts';
import { slotStarts } from './optimizer-slots.ts';
import { secondsOfWork, shareAllowed, workLeft } from './work-left.ts';

/** Estimates the cost of a run before it begins. */

/** Number of examples in each part of the data. */
export type PartCounts = Record<'train' | 'validation' | 'test', number>;

export interface RunCost {
  /** Time from the first step to the end of the test; null if nothing was measured, or the number of images is not known. */
  seconds: number | null;
  /**
   * Whether the run may end sooner because validation reaches a goal or no longer improves; `seconds` and `steps` are then upper limits.
   */
  mayEndSooner: boolean;
  /** Null if the number of images is not known. */
  steps: number | null;
  /** Size of all variables in one checkpoint; null if the layers do not fit. */
  checkpointBytes: number | null;
  /** The trainer's memory at its peak, including the data; null if nothing was measured. */
  memoryBytes: number | null;
}

/**
 * Estimates the cost of a run from its very beginning.
 * @param counts null if they are not known because the data have not been read
 * @param image size and classes of the data's images; null if not known
 * @param measured the measurement of this very configuration; null if there is none
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

/** Bytes of the data in memory, with one byte for each value. */
const dataBytes = ({ height, width, channels }: ImageShape, counts: PartCounts): number =>
  height * width * channels * (counts.train + counts.validation + counts.test);

const FLOAT_BYTES = 4;
const STEP_BYTES = 8;

/**
 * Bytes of all variables in a checkpoint: weights, optimizer slots, statistics and the step counter. The index and the record add some
 * kilobytes.
 * @returns null if the layers do not fit
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

/** A key for which equal values mean the same time for each step, and the same memory. */
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
