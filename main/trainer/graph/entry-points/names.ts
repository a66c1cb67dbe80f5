import type { UpdateVariant } from '../update-variant.ts';

/** Every way into a graph. One that a network or a run has no use for is left out. */
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
  | 'saliency'
  | 'grad-cam'
  | 'weights-histogram'
  | 'activations-histogram';

/** One training step, by the variant of its update. */
export const trainNames = {
  withoutWeightDecay: 'train',
  withWeightDecay: 'train-with-weight-decay',
} as const satisfies Record<UpdateVariant, EntryPointName>;

/** The same, and what the step did to each layer. */
export const diagnoseNames = {
  withoutWeightDecay: 'train-and-diagnose',
  withWeightDecay: 'train-with-weight-decay-and-diagnose',
} as const satisfies Record<UpdateVariant, EntryPointName>;
