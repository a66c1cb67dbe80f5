import type { Hyperparameters } from '../../shared/hyperparameters.ts';

export const fieldLabels: Record<keyof Hyperparameters, string> = {
  epochs: 'Epochs',
  batchSize: 'Batch size',
  learningRate: 'Learning rate',
  convolutionDropout: 'Dropout, convolutions',
  denseDropout: 'Dropout, dense layer',
  seed: 'Seed',
  precision: 'Precision',
};
