import type { TermTable } from './term.ts';

/** What a network is made of. */
export const networkTerms = {
  activation: [
    'Activation function',
    'What each sum goes through before it is passed on. Without one, many layers could do no more than one.',
    { learn: 'relu' },
  ],
  'batch-normalization': [
    'Batch normalisation',
    'Brings a layer’s outputs to a mean of 0 and a spread of 1, then scales and shifts them by learned numbers.',
  ],
  bias: [
    'Bias',
    'A learned number that is added to a sum, so that it need not be 0 where all inputs are.',
  ],
  channel: [
    'Channel',
    'One of the planes that lie behind each other in an image or a layer’s output: red, green and blue, or one for each filter.',
  ],
  class: ['Class', 'One of the things that the network tells apart, such as the digit 3.'],
  convolution: [
    'Convolution',
    'A layer that slides small kernels over its input and writes one number for each place. The weights are the same at every place.',
    { learn: 'convolution-output' },
  ],
  'dense-layer': [
    'Dense layer',
    'A layer in which every output has a weight for every input. It knows nothing of places.',
    { learn: 'dense-layers' },
  ],
  dropout: [
    'Dropout',
    'Leaves out units by chance in each training step, so that no unit relies on a single other one.',
  ],
  filter: [
    'Filter',
    'A kernel together with the map that it makes: one pattern that a convolution looks for.',
    { learn: 'filters' },
  ],
  'fully-connected': [
    'Fully connected',
    'Another name for dense: everything is connected with everything.',
    { learn: 'dense-layers' },
  ],
  kernel: [
    'Kernel',
    'The small square of weights that a convolution lays on each place of its input.',
    { learn: 'convolution-output' },
  ],
  layer: ['Layer', 'One step of the network: it takes the values before it and makes new ones.'],
  map: [
    'Feature map',
    'What one filter answers at every place, as a picture.',
    { learn: 'filters' },
  ],
  padding: [
    'Zero-padding',
    'Zeros around the input, so that the kernel can stand on the border and the output need not shrink.',
    { learn: 'convolution-output' },
  ],
  parameter: ['Parameter', 'A number that training sets: a weight or a bias.'],
  'parameter-sharing': [
    'Parameter sharing',
    'The same weights are used at every place. So there are few of them, and what is learned at one place holds at all.',
    { learn: 'parameter-sharing' },
  ],
  pooling: [
    'Pooling',
    'Makes a map smaller: of each small window only the greatest value, or the mean, is kept.',
    { learn: 'pooling' },
  ],
  'receptive-field': [
    'Receptive field',
    'The part of the image that one unit can see. It grows with every layer.',
  ],
  relu: [
    'ReLU',
    'The activation that lets positive sums through and turns the others to 0.',
    { learn: 'relu' },
  ],
  softmax: [
    'Softmax',
    'Turns the last layer’s scores into shares that add up to 1, the largest for the highest score.',
    { learn: 'dense-layers' },
  ],
  stride: [
    'Stride',
    'How many pixels the kernel moves from one place to the next. A stride of 2 halves the output.',
    { learn: 'convolution-output' },
  ],
  unit: ['Unit', 'One output value of a layer, with the weights that make it.'],
  weight: [
    'Weight',
    'A number that an input is multiplied by. What a network has learned is in its weights.',
  ],
} as const satisfies TermTable;
