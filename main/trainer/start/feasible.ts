import { formatFixed } from '../../../shared/format.ts';
import { totalmem } from 'node:os';
import type { RunConfig } from '../../../shared/config.ts';
import { disagreements } from '../../../shared/disagreements.ts';
import { fitNetwork } from '../../../shared/fit-network.ts';
import { FailureError } from '../../../shared/ipc.ts';
import { networkShape, trainingBytes, type ImageShape } from '../../../shared/network-shape.ts';
import type { Dataset } from '../data/dataset.ts';
import type { ReadingWatch } from '../data/raw-dataset.ts';
import { openTrainingData } from '../data/training-data.ts';
import {
  COPIES_OF_AN_EVALUATED_ACTIVATION,
  evaluationBatch,
} from '../tensorflow/evaluation-batch.ts';
import { decodePicture } from '../tensorflow/picture-decoder.ts';

/** Share of the machine's memory that a run may plan with. */
const USABLE = 0.8;

/** Bytes that a run will need at its peak, roughly: in a training step, or in a validation while the optimizer's slots are there. */
export function estimatedBytes(config: RunConfig, image: ImageShape): number {
  const { height, width, channels, classes } = image;
  const { memory } = networkShape(config.network.layers, [height, width, channels], classes);
  // Where a layout fills an evaluation batch up, it is to less than a training batch takes.
  const evaluated =
    evaluationBatch(memory) * memory.activations * COPIES_OF_AN_EVALUATED_ACTIVATION;
  return Math.max(
    trainingBytes(memory, config.data.batchSize),
    trainingBytes(memory, 0) + evaluated,
  );
}

/**
 * Refuses what cannot be trained here before anything is started.
 * @throws FailureError naming the setting, its value and what is allowed
 */
export function checkFeasible(config: RunConfig, dataset: Dataset, image: ImageShape): void {
  const [first] = disagreements(config, dataset.train.count);
  if (first) {
    const { what, paths, remedy } = first;
    throw new FailureError({ what, where: paths[0], remedy });
  }
  checkMemory(config, image);
}

/**
 * Refuses a network that would not fit into memory.
 * @throws FailureError
 */
export function checkMemory(config: RunConfig, image: ImageShape): void {
  const needed = estimatedBytes(config, image);
  const allowed = totalmem() * USABLE;
  if (needed > allowed)
    throw new FailureError({
      what: `This network would need about ${gigabytesText(needed)} of memory; ${gigabytesText(allowed)} can be used here.`,
      where: 'network.layers',
      remedy: 'Choose a smaller batch (data.batchSize), fewer filters or units, or more pooling.',
    });
}

const gigabytesText = (bytes: number): string => `${formatFixed(bytes / 1e9, 1)} GB`;

/** A run's data, and its configuration with a network that fits them, and with the drawings of one's own that were found. */
export interface FeasibleRun {
  config: RunConfig;
  dataset: Dataset;
}

/**
 * Reads a configuration's data and refuses what cannot be trained on it; changes nothing. A preset's network is fitted to the data.
 * @throws FailureError
 */
export async function feasibleRun(asked: RunConfig, watch: ReadingWatch): Promise<FeasibleRun> {
  const tools = { decode: decodePicture, watch };
  const { dataset, ownDrawings } = await openTrainingData(asked.data, tools);
  const image = imageShape(dataset);
  const data = ownDrawings ? { ...asked.data, ownDrawings } : asked.data;
  const config = { ...asked, data, network: fitNetwork(asked.network, image) };
  checkFeasible(config, dataset, image);
  return { config, dataset };
}

/** The images and classes that the graph is compiled for. */
export const imageShape = ({ height, width, channels, classNames }: Dataset): ImageShape => ({
  height,
  width,
  channels,
  classes: classNames.length,
});
