import { formatNumber } from '../../shared/format.ts';
import type { Activation, LayerConfig, LayerType, Padding } from '../../shared/config.ts';
import { activationWords } from '../../shared/fields/choices.ts';
import { layerTitles } from '../../shared/layer-names.ts';
import { reportLayers, type NetworkReport } from '../../shared/layer-report.ts';
import type { LayerProblem } from '../../shared/layer-report-repairs.ts';
import type { ImageShape } from '../../shared/network-shape.ts';

/** A layer as a row of the network's column. */
export interface LayerRow {
  /** Its place in the list; −1: what goes in. */
  index: number;
  kind: 'input' | 'convolution' | 'pooling' | 'dense' | 'other';
  name: string;
  settings: string;
  /** Of its output; empty where it is not known. */
  shape: string;
  parameters: number;
  /** It cannot be where it is. */
  isImpossible: boolean;
}

const activationText = (name: Activation): string =>
  name === 'none' ? 'no activation' : activationWords[name];
const sizeText = ([height, width]: readonly [number, number]): string => `${height}×${width}`;
const paddingText = (padding: Padding): string =>
  typeof padding === 'string'
    ? padding
    : `zeros ${padding.top}, ${padding.right}, ${padding.bottom}, ${padding.left}`;

/** Each kind of layer, and what it is good for, in the order in which a network usually has them. */
export const layerTypeWords: Readonly<Record<LayerType, { name: string; sentence: string }>> = {
  convolution: {
    name: 'Convolution',
    sentence: 'Looks for the same small patterns at every place of the image.',
  },
  pooling: { name: 'Pooling', sentence: 'Makes one value of each patch, so images get smaller.' },
  'batch-normalization': {
    name: 'Batch normalization',
    sentence: 'Brings each channel to one scale, so that deep networks learn sooner.',
  },
  dropout: { name: 'Dropout', sentence: 'Leaves units out by chance, against learning by heart.' },
  flatten: { name: 'Flatten', sentence: 'Lays an image out as one row, for a dense layer.' },
  'global-average-pooling': {
    name: 'Global average pooling',
    sentence: 'Makes one number of each channel: its mean.',
  },
  dense: { name: 'Dense', sentence: 'Each unit looks at all that comes in.' },
};
export const layerTypes = Object.keys(layerTypeWords) as LayerType[];

/** A layer's settings, the most telling first. */
export function layerSettings(layer: LayerConfig): string {
  switch (layer.type) {
    case 'convolution':
      return [
        `${layer.filters} of ${sizeText(layer.kernel)}`,
        `stride ${layer.stride[0] === layer.stride[1] ? layer.stride[0] : sizeText(layer.stride)}`,
        paddingText(layer.padding),
        activationText(layer.activation),
      ].join(', ');
    case 'pooling':
      return `${layer.kind} of ${sizeText(layer.size)}, stride ${sizeText(layer.stride)}, ${layer.padding}`;
    case 'dropout':
      return `leaves out ${formatNumber(layer.rate)}`;
    case 'batch-normalization':
      return activationText(layer.activation);
    case 'flatten':
      return 'images become rows';
    case 'global-average-pooling':
      return 'the mean of each channel';
    case 'dense':
      return `${layer.units} units, ${activationText(layer.activation)}`;
  }
}

const kindOf = ({ type }: LayerConfig): LayerRow['kind'] =>
  type === 'convolution' || type === 'dense'
    ? type
    : type === 'pooling' || type === 'global-average-pooling'
      ? 'pooling'
      : 'other';

/** A network as its column and its picture show it. */
export interface NetworkDescription {
  rows: readonly LayerRow[];
  /** What is known of each layer; null where it is not known what goes in. */
  report: NetworkReport | null;
  /** What is impossible in it; null: nothing. */
  problem: LayerProblem | null;
  /** The layer that it is impossible at; null: the whole, or nothing is. */
  problemAt: number | null;
}

/**
 * The rows of a network's column, and what is impossible in it.
 * @param image what goes in; null: it is not known before the data are read
 */
export function describeNetwork(
  layers: readonly LayerConfig[],
  image: ImageShape | null,
): NetworkDescription {
  const report =
    image && reportLayers(layers, [image.height, image.width, image.channels], image.classes);
  const titles = layerTitles(layers);
  const rows = layers.map((layer, index): LayerRow => {
    const told = report?.layers[index];
    return {
      index,
      kind: kindOf(layer),
      name: titles[index] ?? layer.type,
      settings: layerSettings(layer),
      shape: told?.shape?.output.join('×') ?? '',
      parameters: told?.shape?.parameters ?? 0,
      isImpossible: told?.state === 'impossible',
    };
  });
  const at = report?.layers.findIndex(({ state }) => state === 'impossible') ?? -1;
  return {
    rows: [...(image ? [inputRow(image)] : []), ...rows],
    report,
    problem: report?.layers[at]?.problem ?? report?.problem ?? null,
    problemAt: at < 0 ? null : at,
  };
}

const inputRow = ({ height, width, channels }: ImageShape): LayerRow => ({
  ...{ index: -1, kind: 'input', name: 'Input', parameters: 0, isImpossible: false },
  settings: channels === 1 ? 'shades of grey' : 'red, green and blue',
  shape: [height, width, channels].join('×'),
});
