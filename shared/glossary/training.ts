import type { TermTable } from './term.ts';

/** How it learns. */
export const trainingTerms = {
  augmentation: [
    'Augmentation',
    'Training images are varied by chance, moved or turned a little, so that the network does not learn them by heart.',
    { setting: 'data.augmentation' },
  ],
  'back-propagation': [
    'Back-propagation',
    'Computes the gradient of every weight: the error flows from the last layer back to the first, by the chain rule.',
    { learn: 'back-propagation' },
  ],
  batch: [
    'Batch',
    'The examples that one training step looks at together. The step follows the mean of their gradients.',
    { setting: 'data.batchSize' },
  ],
  epoch: ['Epoch', 'Once through all training examples.', { setting: 'training.epochs' }],
  gradient: [
    'Gradient',
    'For each weight, how much the loss would grow if the weight grew a little. A training step goes the other way.',
    { learn: 'back-propagation' },
  ],
  'learning-rate': [
    'Learning rate',
    'How far a training step goes against the gradient. Too small is slow, too large does not settle.',
    { setting: 'optimizer.learningRate' },
  ],
  loss: [
    'Loss',
    'One number for how wrong the network is on some examples. Training makes it smaller.',
    { learn: 'back-propagation' },
  ],
  momentum: [
    'Momentum',
    'Lets a step go on in the direction of those before it, which smooths the way.',
  ],
  'number-precision': [
    'Precision of numbers',
    'How many digits the numbers have that the network computes with: float32 has some seven, bfloat16 less than three, which is faster on processors that know it.',
    { setting: 'training.precision' },
  ],
  optimizer: [
    'Optimizer',
    'The rule that makes a step of the gradients, such as SGD, RMSProp or Adam.',
    { setting: 'optimizer.rule.type' },
  ],
  overfitting: [
    'Overfitting',
    'The network learns its training images by heart and does worse on others. Validation shows it.',
  ],
  'range-test': [
    'Learning-rate range test',
    'Trains a copy for some steps while the learning rate rises. Where the loss falls fastest is a good rate; where it leaps, too large a one.',
    { setting: 'optimizer.learningRate' },
  ],
  regularisation: [
    'Regularisation',
    'Whatever keeps the network from learning by heart: dropout, weight decay, augmentation.',
  ],
  seed: [
    'Seed',
    'The number from which all chance of a run follows. The same seed gives the same run.',
    { setting: 'training.seed' },
  ],
  smoothing: [
    'Smoothing',
    'Draws a mean of the last steps in place of each single one, so that the course is seen through the noise. The measured values stay as they are.',
  ],
  step: ['Step', 'One change of all weights, after one batch.'],
  'test-set': [
    'Test images',
    'Images that take part in no decision of a run: neither trained on nor used to choose among checkpoints. They tell how well it does on what it has never met.',
  ],
  training: [
    'Training',
    'Showing examples to the network and changing its weights step by step, so that the loss falls.',
  ],
  validation: [
    'Validation',
    'Images that are kept from training, on which the network is measured as it learns.',
    { setting: 'data.validationSize' },
  ],
  'weight-decay': [
    'Weight decay',
    'Makes every weight a little smaller at each step, so that none grows without need.',
    { setting: 'optimizer.weightDecay' },
  ],
} as const satisfies TermTable;
