import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayerConfig } from '../../../shared/config.ts';
import { networkShape, slide } from '../../../shared/network-shape.ts';
import { presets, seedNetwork } from '../../../shared/presets.ts';

const mnist = [28, 28, 1] as const;

describe('a window’s output size', () => {
  it('is (W − F + P) / S + 1, rounded down', () => {
    const size = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(
        size,
        size,
        size,
        fc.nat(9),
        fc.nat(9),
        (input, window, stride, before, after) => {
          const { output } = slide(input, window, stride, [before, after]);
          // Counted one by one: how often the window fits, moved by the stride.
          let fits = 0;
          for (let at = 0; at + window <= input + before + after; at += stride) fits += 1;
          expect(Math.max(output, 0)).toBe(fits);
        },
      ),
    );
  });

  it('with padding "same" is the input size over the stride, rounded up', () => {
    const size = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(
        size,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (input, window, stride) => {
          const { output, pads } = slide(input, window, stride, 'same');
          expect(output).toBe(Math.ceil(input / stride));
          expect(pads[1] - pads[0]).toBeGreaterThanOrEqual(0);
          expect(pads[1] - pads[0]).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('the seed network', () => {
  const shape = networkShape(seedNetwork().layers, mnist, 10);

  it('has 1,378,698 parameters', () => {
    expect(shape.parameters).toBe(1_378_698);
  });

  it('halves the image three times, to 4×4×128', () => {
    const pools = shape.layers.filter(({ layer }) => layer.type === 'pooling');
    expect(pools.map(({ output }) => output)).toEqual([
      [14, 14, 32],
      [7, 7, 64],
      [4, 4, 128],
    ]);
  });

  it('shares parameters: its first convolution has 288, a dense layer in its place would have 19,668,992', () => {
    expect(shape.layers[0]).toMatchObject({
      parameters: 288,
      denseConnections: 784 * 28 * 28 * 32,
    });
  });
});

it.each(Object.entries(presets))('preset %s fits together', (_, preset) => {
  expect(() => networkShape(preset().network.layers, mnist, 10)).not.toThrow();
});

describe('what cannot be is named with its place', () => {
  const convolution = {
    type: 'convolution',
    filters: 1,
    kernel: [30, 3],
    stride: [1, 1],
    padding: 'valid',
    bias: true,
    activation: 'relu',
    start: { type: 'he' },
  } as const satisfies LayerConfig;

  it.each<[string, LayerConfig[], RegExp]>([
    ['a window larger than the image', [convolution], /network\.layers\.0 \(convolution\)/],
    ['a convolution after a flatten', [{ type: 'flatten' }, convolution], /network\.layers\.1/],
    [
      'a dense layer on an image',
      [{ type: 'dense', units: 10, bias: true, activation: 'none', start: { type: 'he' } }],
      /28×28×1/,
    ],
    ['an end that is not ten scores', [{ type: 'flatten' }], /its output is 784/],
  ])('%s', (_, layers, named) => {
    expect(() => networkShape(layers, mnist, 10)).toThrow(named);
  });
});
