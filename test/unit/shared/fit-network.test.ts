import { describe, expect, it } from 'vitest';
import { fitNetwork } from '../../../shared/fit-network.ts';
import { networkShape } from '../../../shared/network-shape.ts';
import { presets } from '../../../shared/presets.ts';

const sizes = [8, 9, 16, 28, 32, 64].flatMap((side) =>
  [1, 3].flatMap((channels) =>
    [2, 10, 26, 1000].map((classes) => ({ height: side, width: side, channels, classes })),
  ),
);
const named = Object.entries(presets);

describe.each(named)('preset %s', (_, make) => {
  it('is valid for any size, channels and classes', () => {
    for (const data of [...sizes, { height: 48, width: 20, channels: 3, classes: 5 }]) {
      const { layers } = make(data).network;
      const { height, width, channels, classes } = data;
      expect(networkShape(layers, [height, width, channels], classes).parameters).toBeGreaterThan(
        0,
      );
    }
  });

  it('made for MNIST follows to other data, and back', () => {
    const mnist = make().network;
    for (const data of sizes) {
      const there = fitNetwork(mnist, data);
      expect(there).toEqual(make(data).network);
      const home = { height: 28, width: 28, channels: 1, classes: 10 };
      if (data.height === 32 && data.channels === 3) expect(fitNetwork(there, home)).toEqual(mnist);
    }
  });
});

describe('a network', () => {
  const cifar = { height: 32, width: 32, channels: 3, classes: 10 };

  it('of a preset keeps the dropout rates that a person gave it', () => {
    const { network } = presets['seed-network']!();
    let rate = 0.1;
    const layers = network.layers.map((layer) =>
      layer.type === 'dropout' ? { ...layer, rate: (rate += 0.05) } : layer,
    );
    const fitted = fitNetwork({ ...network, layers }, { ...cifar, classes: 26 });
    const rates = (list: typeof layers): number[] =>
      list.flatMap((layer) => (layer.type === 'dropout' ? [layer.rate] : []));
    expect(rates(fitted.layers)).toEqual(rates(layers));
    expect(fitted.layers.at(-1)).toMatchObject({ units: 26 });
  });

  it('of a person’s own is left as it is', () => {
    const { network } = presets['seed-network']!();
    const own = { ...network, layers: network.layers.slice(1) };
    expect(fitNetwork(own, cifar)).toBe(own);
  });
});
