import type { Activation, WeightStart } from '../config.ts';

/** Keras's names for things that this app has too. */

/** Softmax is part of the loss here: at the end of a network it is left out, and elsewhere there is none. */
export type KerasActivation = Activation | 'softmax';

const activations = new Map<string, KerasActivation>([
  ['linear', 'none'],
  ['relu', 'relu'],
  ['leaky_relu', 'leaky-relu'],
  ['elu', 'elu'],
  ['selu', 'selu'],
  ['gelu', 'gelu'],
  ['sigmoid', 'sigmoid'],
  ['tanh', 'tanh'],
  ['softmax', 'softmax'],
]);

/** Undefined if this app has no such activation. */
export const activationOf = (name: string): KerasActivation | undefined => activations.get(name);

/** Keras layers that are activations. */
const activationLayers = new Map<string, KerasActivation>([
  ['ReLU', 'relu'],
  ['LeakyReLU', 'leaky-relu'],
  ['ELU', 'elu'],
  ['Softmax', 'softmax'],
]);
export const activationOfLayer = (kind: string): KerasActivation | undefined =>
  activationLayers.get(kind);

/** Other names of the same layers. */
const aliases = new Map([
  ['Convolution2D', 'Conv2D'],
  ['MaxPool2D', 'MaxPooling2D'],
  ['AvgPool2D', 'AveragePooling2D'],
  ['GlobalAvgPool2D', 'GlobalAveragePooling2D'],
  ['BatchNormalizationV1', 'BatchNormalization'],
  ['BatchNormalizationV2', 'BatchNormalization'],
  ['SyncBatchNormalization', 'BatchNormalization'],
]);
export const usualKind = (kind: string): string => aliases.get(kind) ?? kind;

/** Layers that prepare images before the network; here, settings of the data do that. */
const PREPARING =
  /^(Rescaling|Normalization|Resizing|CenterCrop|Random(Flip|Rotation|Translation|Zoom|Contrast|Brightness|Crop|Shear|Height|Width|Erasing))$/;
/** Layers that act only in training and change no shape. */
const dropouts = new Set(['SpatialDropout2D', 'GaussianDropout', 'AlphaDropout']);
const withoutEffect = new Set(['GaussianNoise', 'ActivityRegularization']);

/** A note about a layer that is not used as it is; null if it is. */
export function noteOnKind(kind: string): string | null {
  if (PREPARING.test(kind))
    return `${kind} is left out: what is done with images before the network is set under Data.`;
  if (withoutEffect.has(kind))
    return `${kind} is left out: there is nothing like it here, and it acts in training alone.`;
  return dropouts.has(kind) ? `${kind} is taken as dropout of single values.` : null;
}
export const isDropout = (kind: string): boolean => kind === 'Dropout' || dropouts.has(kind);
export const isLeftOut = (kind: string): boolean =>
  kind === 'InputLayer' || PREPARING.test(kind) || withoutEffect.has(kind);

/** The known layers, to complete names that a table has cut off. */
const wholeNames = [
  ...['InputLayer', 'Conv2D', 'Dense', 'Flatten', 'Dropout', 'BatchNormalization', 'Activation'],
  ...['MaxPooling2D', 'AveragePooling2D', 'GlobalAveragePooling2D', 'GlobalMaxPooling2D'],
  ...['ZeroPadding2D', 'Concatenate', 'Conv2DTranspose', 'SeparableConv2D', 'DepthwiseConv2D'],
  ...activationLayers.keys(),
  ...dropouts,
];
const snakeOf = (kind: string): string =>
  kind.replaceAll(/(?<=[a-z\d])(?=[A-Z][a-z])/g, '_').toLowerCase();

/** Completes a name that an older table has cut off: `batch_normalization_1 (BatchNo`. */
export function wholeKind(cut: string, layerName: string): string {
  const possible = wholeNames.filter((kind) => kind.startsWith(cut));
  const named = possible.filter((kind) => layerName.startsWith(snakeOf(kind)));
  return (named.length === 1 ? named[0] : possible.length === 1 ? possible[0] : undefined) ?? cut;
}

/** The initial weights closest to those of Keras. */
export function startOf(
  kind: string,
  settings: Readonly<Record<string, unknown>>,
): { start: WeightStart; note: string | null } {
  const { mean = 0, stddev } = settings;
  const deviation = typeof stddev === 'number' && stddev > 0 ? stddev : 0.05;
  const noMean = mean === 0 ? null : `Weights start around 0 here, not around ${String(mean)}.`;
  switch (kind.replaceAll('_', '').toLowerCase()) {
    case 'glorotuniform':
    case 'glorotnormal':
      return { start: { type: 'glorot' }, note: null };
    case 'henormal':
    case 'heuniform':
      return { start: { type: 'he' }, note: null };
    case 'zeros':
      return { start: { type: 'zeros' }, note: null };
    case 'randomnormal':
      return { start: { type: 'normal', deviation }, note: noMean };
    case 'truncatednormal':
      return { start: { type: 'truncated-normal', deviation }, note: noMean };
    default:
      return {
        start: { type: 'glorot' },
        note: `Weights that start as ${kind} does start as Glorot’s here.`,
      };
  }
}
