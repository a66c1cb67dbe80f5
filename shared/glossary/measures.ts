import type { TermTable } from './term.ts';

/** How well it does, and what is measured of its layers. */
export const measuresTerms = {
  accuracy: [
    'Accuracy',
    'The share of images that are read correctly. With classes of unequal size it can hide that a rare one is never found.',
  ],
  calibration: [
    'Calibration',
    'Whether a network is right as often as it says: of the answers that it gives with 70 %, 70 of 100 should be.',
  ],
  'calibration-error': [
    'Expected calibration error',
    'How far apart two things are, averaged over all answers: how sure the network says it is, and how often it is right. 0 would be perfectly honest.',
  ],
  'confusion-matrix': [
    'Confusion matrix',
    'A table that counts for each true class what it was taken for.',
  ],
  'dead-unit': [
    'Dead unit',
    'A unit that gives 0 for every example. Behind a ReLU it has no gradient and cannot come back by itself.',
    { learn: 'relu' },
  ],
  f1: [
    'F1',
    'One number for precision and recall, their harmonic mean: it is high only where both are.',
  ],
  'gradient-norm': [
    'Gradient norm',
    'The length of a layer’s gradient: how strongly the error reaches it. Near 0 the layer hardly learns, far above the others it may be thrown about.',
    { learn: 'back-propagation' },
  ],
  histogram: [
    'Histogram',
    'Counts how many values lie in each of many narrow ranges: a picture of how they are spread.',
  ],
  norm: [
    'Norm',
    'The length of a list of numbers: the root of the sum of their squares. It tells how large all of them are together.',
  ],
  precision: [
    'Precision',
    'Of all images that were taken for a class, the share that are of it. It is low where others are often mistaken for it.',
  ],
  recall: [
    'Recall',
    'Of all images of a class, the share that were found. It is low where they are often taken for something else.',
  ],
  'reliability-diagram': [
    'Reliability diagram',
    'Sorts the answers by how sure the network was, and shows for each group how often it was right. On the diagonal both are the same.',
  ],
  support: [
    'Support',
    'How many images of a class there were to judge by. Shares of few images say little.',
  ],
  'temperature-scaling': [
    'Temperature scaling',
    'Divides the scores by one number T before softmax. Fitted on validation, it makes the network as sure as it is right; no answer changes.',
  ],
  'update-ratio': [
    'Update to weights',
    'How large one step’s change of a layer’s weights is beside the weights themselves. About a thousandth is usual; much more is restless, much less is slow.',
    { setting: 'optimizer.learningRate' },
  ],
  'weight-spread': [
    'Weight spread',
    'The standard deviation of a layer’s weights: how far they are from their mean. It grows as the layer learns, and shrinks by weight decay.',
  ],
} as const satisfies TermTable;
