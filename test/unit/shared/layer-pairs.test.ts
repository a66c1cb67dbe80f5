import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayerConfig } from '../../../shared/config.ts';
import { layerPairs } from '../../../shared/layer-pairs.ts';
import { leNet5, mnistData, seedNetwork } from '../../../shared/preset-networks.ts';
import { imageLayers } from '../../support/random-layers.ts';

const seed = seedNetwork().layers;
const shortOf = (a: readonly LayerConfig[], b: readonly LayerConfig[]): string =>
  layerPairs(a, b)
    .map(({ change }) => ({ same: '=', changed: '~', removed: '-', added: '+' })[change])
    .join('');

describe('layerPairs', () => {
  it('has every layer of both networks once, in its order', () => {
    fc.assert(
      fc.property(imageLayers, imageLayers, (a, b) => {
        const pairs = layerPairs(a, b);
        const ofA = pairs.flatMap((pair) => ('a' in pair ? pair.a : []));
        const ofB = pairs.flatMap((pair) => ('b' in pair ? pair.b : []));
        expect(ofA).toEqual(a.map((_, index) => index));
        expect(ofB).toEqual(b.map((_, index) => index));
        for (const pair of pairs)
          if (pair.change === 'same') expect(a[pair.a]).toEqual(b[pair.b]);
          else if (pair.change === 'changed') {
            expect(a[pair.a]!.type).toBe(b[pair.b]!.type);
            expect(pair.differences.length).toBeGreaterThan(0);
          }
      }),
    );
  });

  it('finds equal networks equal', () => {
    fc.assert(
      fc.property(imageLayers, (layers) => {
        expect(shortOf(layers, structuredClone(layers))).toBe('='.repeat(layers.length));
      }),
    );
  });

  it('finds a layer that was put in, taken out or changed, and no other', () => {
    for (let at = 0; at < seed.length; at++) {
      const without = seed.filter((_, index) => index !== at);
      const removed = shortOf(seed, without);
      expect(removed.replace('-', '')).toBe('='.repeat(seed.length - 1));
      expect(shortOf(without, seed)).toBe(removed.replace('-', '+'));
    }
    const changed = seed.with(3, { ...seed[3]!, filters: 8 } as LayerConfig);
    expect(shortOf(seed, changed)).toBe('===~=========');
    const pair = layerPairs(seed, changed)[3]!;
    expect('differences' in pair && pair.differences).toEqual([
      { path: 'filters', label: 'Filters', was: '64', is: '8' },
    ]);
  });

  it('pairs layers of one kind where settings differ', () => {
    expect(shortOf(seed, leNet5(mnistData).layers)).toMatch(/^~~-~~-/);
  });
});
