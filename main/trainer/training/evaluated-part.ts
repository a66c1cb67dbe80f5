import { measuredExamples } from '../../../shared/measured-examples.ts';
import { gatherBatch } from '../data/batches.ts';
import { measuredSample } from '../data/measured-sample.ts';
import { allExamples, type EvaluatedExamples } from '../tensorflow/evaluate.ts';
import type { Run } from './run.ts';

/** What a run evaluates: the examples kept for it, or of those it is trained on a sample that is always the same. */
export type EvaluatedPart = 'validation' | 'test' | 'training';

/** The examples of a part; of `training` there are none where they are not measured. */
export function examplesOf(
  { config, dataset, imageSize }: Run,
  part: EvaluatedPart,
): EvaluatedExamples {
  if (part !== 'training') return allExamples(dataset[part], imageSize);
  const { train, validation } = dataset;
  const size = measuredExamples(config, { train: train.count, validation: validation.count });
  const sample = measuredSample(train.count, size, config.training.seed);
  return {
    count: size,
    batch: (from, to) => gatherBatch(train, sample.subarray(from, to), imageSize),
  };
}
