import { totalmem } from 'node:os';
import type { RunConfig } from '../../../shared/config.ts';
import { disagreements } from '../../../shared/disagreements.ts';
import { fitNetwork } from '../../../shared/fit-network.ts';
import { FailureError } from '../../../shared/ipc.ts';
import {
  networkShape,
  trainingBytes,
  type Memory,
  type ImageShape,
} from '../../../shared/network-shape.ts';
import { openDataset, type Dataset } from '../data/dataset.ts';
import type { ReadingWatch } from '../data/raw-dataset.ts';
import { decodePicture } from '../tensorflow/picture-decoder.ts';

/** Share of the machine's memory that a run may plan with. */
const USABLE = 0.8;

/** Most examples of one evaluation batch: some 20 ms of work of the seed network. */
const MOST_EVALUATED = 256;
/** Most bytes of an evaluation batch, if `MOST_EVALUATED` examples of the network would take more. */
export const EVALUATION_BYTES = 256e6;
/** A layer's input and its output; nothing is kept for a backward pass. */
const COPIES_OF_AN_ACTIVATION = 2;

/** Number of examples in an evaluation batch. It depends only on the network, since the last bits of a mean depend on it. */
export const evaluationBatch = ({ activations }: Memory): number =>
  Math.min(
    Math.max(Math.floor(EVALUATION_BYTES / (activations * COPIES_OF_AN_ACTIVATION)), 1),
    MOST_EVALUATED,
  );

/** Bytes that a run will need at its peak, roughly: in a training step, or in a validation beside the optimizer's slots. */
export function estimatedBytes(config: RunConfig, image: ImageShape): number {
  const { height, width, channels, classes } = image;
  const { memory } = networkShape(config.network.layers, [height, width, channels], classes);
  // A layout may fill an evaluation batch up, but the added examples take less than a training batch.
  const evaluated = evaluationBatch(memory) * memory.activations * COPIES_OF_AN_ACTIVATION;
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

const gigabytesText = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** A run's data, and its configuration with a network that fits them. */
export interface FeasibleRun {
  config: RunConfig;
  dataset: Dataset;
}

/**
 * Reads a configuration's data and refuses what cannot be trained on it; changes nothing. A preset's network is fitted to the data.
 * @throws FailureError
 */
export async function feasibleRun(asked: RunConfig, watch: ReadingWatch): Promise<FeasibleRun> {
  const dataset = await openDataset(asked.data, { decode: decodePicture, watch });
  const image = imageShape(dataset);
  const config = { ...asked, network: fitNetwork(asked.network, image) };
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
