import type { ExperimentProgress } from '../../shared/experiment-protocol.ts';

/** How an experiment of Learn is told while it runs. */

const doings: Record<ExperimentProgress['doing'], string> = {
  'reading the data': 'Reading MNIST',
  'building the networks': 'Building two networks',
  training: 'Training both, step by step in turn',
  validating: 'Reading 1,000 new images',
};
export const experimentDoing = (doing: ExperimentProgress['doing']): string => doings[doing];
