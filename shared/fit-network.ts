import type { LayerConfig, RunConfig } from './config.ts';
import type { ImageShape } from './network-shape.ts';
import { mnistData } from './preset-networks.ts';
import { presets } from './presets.ts';

type Network = RunConfig['network'];

/**
 * Makes a preset's network anew for other images and classes, and keeps its dropout rates. A network that is not a preset's is left
 * unchanged: its maker decides what it is for.
 */
export function fitNetwork(network: Network, data: ImageShape): Network {
  const classes = scoresOf(network.layers);
  const forms = [mnistData, data, CIFAR].map((form) => ({ ...form, classes }));
  for (const make of Object.values(presets))
    if (forms.some((form) => isSameButRates(make(form).network, network)))
      return withRatesOf(make(data).network, network);
  return network;
}

/** Another size for which presets are often made. */
const CIFAR = { height: 32, width: 32, channels: 3 };

/** The number of classes that a network tells apart, judged by its last layer with weights. */
function scoresOf(layers: readonly LayerConfig[]): number {
  const last = layers.findLast(({ type }) => type === 'dense' || type === 'convolution');
  if (last?.type === 'dense') return last.units;
  return last?.type === 'convolution' ? last.filters : mnistData.classes;
}

const withoutRates = ({ layers }: Network): string =>
  JSON.stringify(layers.map((layer) => (layer.type === 'dropout' ? { ...layer, rate: 0 } : layer)));

const isSameButRates = (a: Network, b: Network): boolean =>
  a.name === b.name && withoutRates(a) === withoutRates(b);

function withRatesOf(made: Network, before: Network): Network {
  const rates = before.layers.flatMap((layer) => (layer.type === 'dropout' ? [layer.rate] : []));
  let dropout = 0;
  return {
    ...made,
    layers: made.layers.map((layer) =>
      layer.type === 'dropout' ? { ...layer, rate: rates[dropout++] ?? layer.rate } : layer,
    ),
  };
}
