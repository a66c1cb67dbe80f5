import type { UpdateVariant } from '../update-variant.ts';

/** Every entry point of a graph. A graph leaves out those that its network or run does not need. */
export type EntryPointName =
  | 'start'
  | 'restore'
  | 'variables'
  | 'finite-variables'
  | 'step'
  | 'train'
  | 'train-and-diagnose'
  | 'train-with-weight-decay'
  | 'train-with-weight-decay-and-diagnose'
  | 'train-several'
  | 'metrics-before-failure'
  | 'finite-outputs'
  | 'augmented-images'
  | 'evaluate'
  | 'evaluate-each'
  | 'predict'
  | 'filters'
  | 'set-filters'
  | 'filter-maxima'
  | 'activations'
  | 'own-answers'
  | 'own-answers-alone'
  | 'backpropagation'
  | 'saliency'
  | 'grad-cam'
  | 'weights-histogram'
  | 'activations-histogram';

/** One training step, by the variant of its update. */
export const trainNames = {
  withoutWeightDecay: 'train',
  withWeightDecay: 'train-with-weight-decay',
} as const satisfies Record<UpdateVariant, EntryPointName>;

/** The same step, which also answers what it did to each layer. */
export const diagnoseNames = {
  withoutWeightDecay: 'train-and-diagnose',
  withWeightDecay: 'train-with-weight-decay-and-diagnose',
} as const satisfies Record<UpdateVariant, EntryPointName>;
