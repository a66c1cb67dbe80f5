/** The words that a setting may be one of. */

export const activations = [
  'relu',
  'leaky-relu',
  'elu',
  'selu',
  'gelu',
  'sigmoid',
  'tanh',
  'none',
] as const;
export const weightStarts = ['normal', 'truncated-normal', 'glorot', 'he', 'zeros'] as const;
export const poolingKinds = ['max', 'average', 'l2'] as const;
export const poolingPaddings = ['same', 'valid'] as const;
export const updateRules = ['rmsprop', 'sgd', 'momentum', 'nesterov', 'adam', 'adamw'] as const;
export const meanSquareStarts = [0, 1] as const;
export const rateSchedules = ['constant', 'step', 'exponential', 'cosine', 'one-cycle'] as const;
export const precisions = ['auto', 'float32', 'bfloat16'] as const;
export const imageFits = ['pad', 'crop', 'stretch'] as const;
export const channelCounts = [1, 3] as const;
export const damagedPictures = ['refuse', 'leave-out'] as const;
export const classWeightings = ['none', 'balanced'] as const;
