import { totalmem } from 'node:os';
import type { RunConfig } from '../../shared/config.ts';
import { FailureError } from '../../shared/ipc.ts';
import { networkShape, trainingBytes } from '../../shared/network-shape.ts';
import type { Dataset } from './data/dataset.ts';
import type { ImageShape } from './graph/inputs.ts';

/** Share of the machine's memory that a run may plan with. */
const USABLE = 0.8;

/** Bytes that training will need at its peak, roughly. */
export function estimatedBytes(config: RunConfig, image: ImageShape): number {
  const { height, width, channels, classes } = image;
  const shape = networkShape(config.network.layers, [height, width, channels], classes);
  return trainingBytes(shape.memory, config.data.batchSize);
}

/**
 * Refuses what cannot be trained here before anything is started.
 * @throws FailureError naming the setting, its value and what is allowed
 */
export function checkFeasible(config: RunConfig, dataset: Dataset, image: ImageShape): void {
  const { batchSize } = config.data;
  if (batchSize > dataset.train.count)
    throw new FailureError({
      what: `The batch size is ${batchSize}, but there are only ${dataset.train.count} examples to train on.`,
      where: 'data.batchSize',
      remedy: `Choose a number from 1 to ${dataset.train.count}.`,
    });
  checkValidation(config);
  const needed = estimatedBytes(config, image);
  const allowed = totalmem() * USABLE;
  if (needed > allowed)
    throw new FailureError({
      what: `This network would need about ${gigabytes(needed)} of memory; ${gigabytes(allowed)} can be used here.`,
      where: 'network.layers',
      remedy: 'Choose a smaller batch, fewer filters or units, or more pooling.',
    });
}

/** What waits for validation needs some. */
function checkValidation({ data, training, optimizer }: RunConfig): void {
  if (data.validationSize > 0) return;
  const waiting = [
    ...(training.earlyStopping ? ['training.earlyStopping'] : []),
    ...(optimizer.reduceOnPlateau ? ['optimizer.reduceOnPlateau'] : []),
  ];
  if (waiting.length === 0) return;
  throw new FailureError({
    what: `The validation size is 0, but ${waiting.join(' and ')} ${waiting.length > 1 ? 'wait' : 'waits'} for a validation.`,
    where: 'data.validationSize',
    remedy: `Keep some examples for validation, or set ${waiting.join(' and ')} to null.`,
  });
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
