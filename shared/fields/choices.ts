/** The choices that settings have. */

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

/** Names of the choices for a person. */
export const activationWords = {
  relu: 'ReLU',
  'leaky-relu': 'Leaky ReLU',
  elu: 'ELU',
  selu: 'SELU',
  gelu: 'GELU',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  none: 'none',
} as const satisfies Record<(typeof activations)[number], string>;
export const weightStartWords = {
  normal: 'normal',
  'truncated-normal': 'truncated normal',
  glorot: 'Glorot',
  he: 'He',
  zeros: 'zeros',
} as const satisfies Record<(typeof weightStarts)[number], string>;
export const poolingKindWords = {
  max: 'maximum',
  average: 'average',
  l2: 'L2 norm',
} as const satisfies Record<(typeof poolingKinds)[number], string>;
export const updateRuleWords = {
  rmsprop: 'RMSProp',
  sgd: 'SGD',
  momentum: 'Momentum',
  nesterov: 'Nesterov',
  adam: 'Adam',
  adamw: 'AdamW',
} as const satisfies Record<(typeof updateRules)[number], string>;
export const rateScheduleWords = {
  constant: 'constant',
  step: 'in steps',
  exponential: 'exponential',
  cosine: 'cosine',
  'one-cycle': 'one cycle',
} as const satisfies Record<(typeof rateSchedules)[number], string>;
