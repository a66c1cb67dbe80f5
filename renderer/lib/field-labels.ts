import type { Hyperparameters } from '../../shared/hyperparameters.ts';

export const fieldLabels: Record<keyof Hyperparameters, string> = {
  epochs: 'Epochs',
  batchSize: 'Batch size',
  learningRate: 'Learning rate',
  convolutionDropout: 'Conv. dropout',
  denseDropout: 'Dense dropout',
  seed: 'Seed',
  precision: 'Precision',
};
