import type { LayerConfig, RunConfig } from './config.ts';

/** The rate of each dropout of a run's network in turn. */
export const dropRatesOf = ({ network }: RunConfig): number[] =>
  network.layers.flatMap((layer) => (layer.type === 'dropout' ? [layer.rate] : []));

/** Where dropouts are, for forms with only two rates: after a convolution, or after a dense layer. */
export type DropoutPlace = 'convolution' | 'dense';

/** For each layer, the type of the last layer with weights up to it; null before the first. */
function placesOf(layers: readonly LayerConfig[]): (DropoutPlace | null)[] {
  let place: DropoutPlace | null = null;
  return layers.map(({ type }) => {
    if (type === 'convolution' || type === 'dense') place = type;
    return place;
  });
}

/** The rate of the first dropout there; null if there is none. */
export function dropoutRateOf({ network }: RunConfig, place: DropoutPlace): number | null {
  const places = placesOf(network.layers);
  const dropout = network.layers.find(
    (layer, k) => layer.type === 'dropout' && places[k] === place,
  );
  return dropout?.type === 'dropout' ? dropout.rate : null;
}

/** Sets the rate of all dropouts there. */
export function withDropoutRate(config: RunConfig, place: DropoutPlace, rate: number): RunConfig {
  const places = placesOf(config.network.layers);
  const layers = config.network.layers.map((layer, k) =>
    layer.type === 'dropout' && places[k] === place ? { ...layer, rate } : layer,
  );
  return { ...config, network: { ...config.network, layers } };
}
