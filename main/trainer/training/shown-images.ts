import { evaluationBatch } from '../tensorflow/evaluation-batch.ts';
import type { ShownImages } from '../tensorflow/session.ts';
import type { Run } from './run.ts';

/** Enough for the spread of each layer's outputs, and few enough that a step hardly waits for them. */
const MOST_SHOWN = 64;

/**
 * Images that show what the network's layers give: the first for validation, where there are any, else the first that are trained on;
 * as many as fit in memory together.
 */
export function shownImages({ dataset, session, imageSize }: Run): ShownImages {
  const of = dataset.validation.count > 0 ? 'validation' : 'training';
  const { images, count } = of === 'validation' ? dataset.validation : dataset.train;
  const size = Math.min(count, MOST_SHOWN, evaluationBatch(session.graph.network.memory));
  return { of, images: images.slice(0, size * imageSize) };
}
