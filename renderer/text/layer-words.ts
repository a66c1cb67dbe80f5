import type { LayerConfig, Padding, RunConfig } from '../../shared/config.ts';
import { FailureError, type Failure } from '../../shared/ipc.ts';
import { layerTitles } from '../../shared/layer-names.ts';
import { networkShape, type ImageShape } from '../../shared/network-shape.ts';

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
}

const activationNames: Readonly<Record<string, string>> = { none: 'no activation', relu: 'ReLU' };
const activationText = (name: string): string => activationNames[name] ?? name;
const sizeText = ([height, width]: readonly [number, number]): string => `${height}×${width}`;
const paddingText = (padding: Padding): string =>
  typeof padding === 'string'
    ? padding
    : `zeros ${padding.top}, ${padding.right}, ${padding.bottom}, ${padding.left}`;

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
      return `leaves out ${layer.rate}`;
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
  name: string;
  rows: readonly LayerRow[];
  /** Null where they are not known. */
  parameters: number | null;
  /** What is impossible in it; null: nothing. */
  problem: Failure | null;
  /** What goes in is known. */
  isInputKnown: boolean;
}

/**
 * The rows of a network's column, and what is impossible in it.
 * @param image what goes in; null: it is not known before the data are read
 */
export function describeNetwork(
  { name, layers }: RunConfig['network'],
  image: ImageShape | null,
): NetworkDescription {
  const { shape, problem } = shapeOrProblem(layers, image);
  const titles = layerTitles(layers);
  const rows = layers.map((layer, index): LayerRow => {
    const made = shape?.layers[index];
    return {
      index,
      kind: kindOf(layer),
      name: titles[index] ?? layer.type,
      settings: layerSettings(layer),
      shape: made?.output.join('×') ?? '',
      parameters: made?.parameters ?? 0,
    };
  });
  const input: LayerRow[] = image
    ? [
        {
          ...{ index: -1, kind: 'input', name: 'Input', parameters: 0 },
          settings: image.channels === 1 ? 'shades of grey' : 'red, green and blue',
          shape: [image.height, image.width, image.channels].join('×'),
        },
      ]
    : [];
  return {
    ...{ name, problem, isInputKnown: image !== null },
    rows: [...input, ...rows],
    parameters: shape?.parameters ?? null,
  };
}

function shapeOrProblem(layers: readonly LayerConfig[], image: ImageShape | null) {
  if (image === null) return { shape: null, problem: null };
  const { height, width, channels, classes } = image;
  try {
    return { shape: networkShape(layers, [height, width, channels], classes), problem: null };
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return { shape: null, problem: error.failure };
  }
}
