import type { Hyperparameters } from '../../shared/hyperparameters.ts';
import { nameSettings } from '../../shared/setting-paths.ts';

export const fieldLabels: Record<keyof Hyperparameters, string> = {
  epochs: 'Epochs',
  batchSize: 'Batch size',
  learningRate: 'Learning rate',
  convolutionDropout: 'Conv. dropout',
  denseDropout: 'Dense dropout',
  seed: 'Seed',
  precision: 'Precision',
};

/** Of the parts of a run's configuration that a refusal may name, those that have a field. */
const fieldsByPath: Partial<Record<string, keyof Hyperparameters>> = {
  'training.epochs': 'epochs',
  'data.batchSize': 'batchSize',
  'optimizer.learningRate': 'learningRate',
  'training.seed': 'seed',
  'training.precision': 'precision',
};

/** The field that a failure's place is; undefined: it is another place. */
export const fieldOf = (where: string): keyof Hyperparameters | undefined => fieldsByPath[where];

/** A failure's text with the fields' labels in it. */
export const nameFields = (text: string): string =>
  nameSettings(text, (path) => {
    const field = fieldOf(path);
    return field && fieldLabels[field];
  });
