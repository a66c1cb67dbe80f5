/** The field's words in one or two plain sentences, for whoever meets them in the window. */
const table = {
  activation: [
    'Activation function',
    'What each sum goes through before it is passed on. Without one, many layers could do no more than one.',
  ],
  augmentation: [
    'Augmentation',
    'Training images are varied by chance, moved or turned a little, so that the network does not learn them by heart.',
  ],
  'back-propagation': [
    'Back-propagation',
    'Computes the gradient of every weight: the error flows from the last layer back to the first, by the chain rule.',
  ],
  batch: [
    'Batch',
    'The examples that one training step looks at together. The step follows the mean of their gradients.',
  ],
  'batch-normalization': [
    'Batch normalisation',
    'Brings a layer’s outputs to a mean of 0 and a spread of 1, then scales and shifts them by learned numbers.',
  ],
  bias: [
    'Bias',
    'A learned number that is added to a sum, so that it need not be 0 where all inputs are.',
  ],
  calibration: [
    'Calibration',
    'Whether a network is right as often as it says: of the answers that it gives with 70 %, 70 of 100 should be.',
  ],
  channel: [
    'Channel',
    'One of the planes that lie behind each other in an image or a layer’s output: red, green and blue, or one for each filter.',
  ],
  checkpoint: [
    'Checkpoint',
    'All weights of the network at one step, saved in files, so that training can go on from there.',
  ],
  class: ['Class', 'One of the things that the network tells apart, such as the digit 3.'],
  'confusion-matrix': [
    'Confusion matrix',
    'A table that counts for each true class what it was taken for.',
  ],
  convolution: [
    'Convolution',
    'A layer that slides small kernels over its input and writes one number for each place. The weights are the same at every place.',
  ],
  'dense-layer': [
    'Dense layer',
    'A layer in which every output has a weight for every input. It knows nothing of places.',
  ],
  'dead-unit': [
    'Dead unit',
    'A unit that gives 0 for every example. Behind a ReLU it has no gradient and cannot come back by itself.',
  ],
  dropout: [
    'Dropout',
    'Leaves out units by chance in each training step, so that no unit relies on a single other one.',
  ],
  epoch: ['Epoch', 'Once through all training examples.'],
  filter: [
    'Filter',
    'A kernel together with the map that it makes: one pattern that a convolution looks for.',
  ],
  'fully-connected': [
    'Fully connected',
    'Another name for dense: everything is connected with everything.',
  ],
  gradient: [
    'Gradient',
    'For each weight, how much the loss would grow if the weight grew a little. A training step goes the other way.',
  ],
  kernel: [
    'Kernel',
    'The small square of weights that a convolution lays on each place of its input.',
  ],
  layer: ['Layer', 'One step of the network: it takes the values before it and makes new ones.'],
  'learning-rate': [
    'Learning rate',
    'How far a training step goes against the gradient. Too small is slow, too large does not settle.',
  ],
  loss: [
    'Loss',
    'One number for how wrong the network is on some examples. Training makes it smaller.',
  ],
  map: ['Feature map', 'What one filter answers at every place, as a picture.'],
  momentum: [
    'Momentum',
    'Lets a step go on in the direction of those before it, which smooths the way.',
  ],
  optimizer: [
    'Optimizer',
    'The rule that makes a step of the gradients, such as SGD, RMSProp or Adam.',
  ],
  overfitting: [
    'Overfitting',
    'The network learns its training images by heart and does worse on others. Validation shows it.',
  ],
  padding: [
    'Zero-padding',
    'Zeros around the input, so that the kernel can stand on the border and the output need not shrink.',
  ],
  parameter: ['Parameter', 'A number that training sets: a weight or a bias.'],
  'parameter-sharing': [
    'Parameter sharing',
    'The same weights are used at every place. So there are few of them, and what is learned at one place holds at all.',
  ],
  pooling: [
    'Pooling',
    'Makes a map smaller: of each small window only the greatest value, or the mean, is kept.',
  ],
  'receptive-field': [
    'Receptive field',
    'The part of the image that one unit can see. It grows with every layer.',
  ],
  regularisation: [
    'Regularisation',
    'Whatever keeps the network from learning by heart: dropout, weight decay, augmentation.',
  ],
  relu: ['ReLU', 'The activation that lets positive sums through and turns the others to 0.'],
  seed: [
    'Seed',
    'The number from which all chance of a run follows. The same seed gives the same run.',
  ],
  softmax: [
    'Softmax',
    'Turns the last layer’s scores into shares that add up to 1, the largest for the highest score.',
  ],
  step: ['Step', 'One change of all weights, after one batch.'],
  stride: [
    'Stride',
    'How many pixels the kernel moves from one place to the next. A stride of 2 halves the output.',
  ],
  'temperature-scaling': [
    'Temperature scaling',
    'Divides the scores by one number T before softmax. Fitted on validation, it makes the network as sure as it is right; no answer changes.',
  ],
  training: [
    'Training',
    'Showing examples to the network and changing its weights step by step, so that the loss falls.',
  ],
  unit: ['Unit', 'One output value of a layer, with the weights that make it.'],
  validation: [
    'Validation',
    'Images that are kept from training, on which the network is measured as it learns.',
  ],
  weight: [
    'Weight',
    'A number that an input is multiplied by. What a network has learned is in its weights.',
  ],
  'weight-decay': [
    'Weight decay',
    'Makes every weight a little smaller at each step, so that none grows without need.',
  ],
} as const satisfies Record<string, readonly [name: string, meaning: string]>;

export type TermId = keyof typeof table;

export interface GlossaryEntry {
  id: TermId;
  name: string;
  meaning: string;
}

/** In the order of their names. */
export const glossary: readonly GlossaryEntry[] = (Object.keys(table) as TermId[])
  .map((id) => ({ id, name: table[id][0], meaning: table[id][1] }))
  .sort((a, b) => a.name.localeCompare(b.name, 'en'));

export const termOf = (id: TermId): GlossaryEntry => ({
  id,
  name: table[id][0],
  meaning: table[id][1],
});

/** Those that a search finds: in the name first, then in the meaning. */
export function searchGlossary(search: string): readonly GlossaryEntry[] {
  const wanted = search.trim().toLowerCase();
  const inName = glossary.filter(({ name }) => name.toLowerCase().includes(wanted));
  const inMeaning = glossary.filter(({ meaning }) => meaning.toLowerCase().includes(wanted));
  return [...new Set([...inName, ...inMeaning])];
}
