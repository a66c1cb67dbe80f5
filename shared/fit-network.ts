import type { LayerConfig, RunConfig } from './config.ts';
import type { ImageShape } from './network-shape.ts';
import { mnistData } from './preset-networks.ts';
import { presets } from './presets.ts';

type Network = RunConfig['network'];

/**
 * A preset's network made anew for other images and classes; dropout rates stay as they are. A network that is no preset's is left as
 * it is: whoever made it says what it is for.
 */
export function fitNetwork(network: Network, data: ImageShape): Network {
  const classes = scoresOf(network.layers);
  const forms = [mnistData, data, CIFAR].map((form) => ({ ...form, classes }));
  for (const make of Object.values(presets))
    if (forms.some((form) => isSameButRates(make(form).network, network)))
      return withRatesOf(make(data).network, network);
  return network;
}

/** The other size that presets are often made for. */
const CIFAR = { height: 32, width: 32, channels: 3 };

/** How many classes a network tells apart, as its last layer with weights says. */
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
