import { describe, expect, it } from 'vitest';
import { layersHealth } from '../../../shared/layer-health.ts';
import type { DiagnosticsEvent } from '../../../shared/trainer-events.ts';
import { healthWords, measureText, powerOfTen } from '../../../renderer/text/health-words.ts';

type Layer = DiagnosticsEvent['layers'][number];

/** Two convolutions and a dense layer that learn well, as the seed network's do. */
const well: readonly Layer[] = [
  ['convolution_1', 0.4, 0.02, 0],
  ['convolution_2', 0.5, 0.037, 0.02],
  ['dense_1', 1.4, 0.026, 0.34],
].map(([name, gradientNorm, updateNorm, deadShare], layer) => ({
  layer,
  name: name as string,
  gradientNorm: gradientNorm as number,
  updateNorm: updateNorm as number,
  weightNorm: 1,
  weightDeviation: 0.04,
  deadShare: deadShare as number,
}));

/** Readings of which the last ones have a layer that is otherwise. */
const readings = (changed: Partial<Layer>, at = 0, count = 3): DiagnosticsEvent[] =>
  Array.from({ length: 4 }, (_, k) => ({
    type: 'diagnostics' as const,
    epoch: 1,
    step: 1 + 50 * k,
    layers: well.map((layer, n) => (n === at && k >= 4 - count ? { ...layer, ...changed } : layer)),
  }));
const told = (changed: Partial<Layer>, at = 0, count = 3, rateShare = 1) =>
  healthWords(layersHealth(readings(changed, at, count), rateShare)!);

describe('layer health', () => {
  it('is good where all learn, and says how even', () => {
    expect(told({})).toEqual({
      tone: 'good',
      text: 'All three layers learn. The smallest gradient is 0.29 of the largest.',
      advice: '',
      action: null,
    });
    expect(layersHealth([], 1)).toBeNull();
  });

  it('names a gradient that has vanished, and shows the layer', () => {
    expect(told({ gradientNorm: 1.4e-7 })).toMatchObject({
      tone: 'bad',
      text: 'The gradient of Convolution 1 has vanished: 10⁻⁷ of the last layer’s.',
      action: { type: 'show-layer', layer: 0 },
    });
    expect(told({ gradientNorm: 0 }).text).toBe('Convolution 1 gets no gradient at all.');
    expect(told({ gradientNorm: 2e-5 }).tone).toBe('good');
  });

  it('names one that is out of hand, and would halve the rate', () => {
    expect(told({ gradientNorm: 430 }, 1)).toMatchObject({
      tone: 'bad',
      text: 'The gradient of Convolution 2 is out of hand: its norm is 430.',
      action: { type: 'scale-rate', factor: 0.5 },
    });
  });

  it('counts dead filters sooner than dead units, which may be for rare images', () => {
    expect(told({ deadShare: 0.38 }).text).toMatch(/^38 % of the units of Convolution 1 are dead/);
    expect(told({ deadShare: 0.38 }, 2).tone).toBe('good');
    expect(told({ deadShare: 0.4 }, 2)).toMatchObject({ tone: 'note' });
    // What is dead passes on nothing: the units are the cause, not the gradient.
    expect(told({ deadShare: 1, gradientNorm: 0 }).text).toMatch(/^All units of Convolution 1/);
  });

  it('names weights that are shaken, and such as hardly move unless the schedule has it so', () => {
    expect(told({ updateNorm: 0.3 }).text).toMatch(/by 30 % of their size; about 0.1 % is usual/);
    const still = { updateNorm: 2e-8 };
    expect(told(still)).toMatchObject({
      text: expect.stringMatching(/^The weights of Convolution 1 hardly move.*10⁻⁸/) as string,
      action: { type: 'scale-rate', factor: 2 },
    });
    expect(told(still, 0, 3, 0.01).tone).toBe('good');
    // Rules that keep means of gradients begin slowly.
    expect(told(still, 0, 2).tone).toBe('good');
  });

  it('says nothing of one odd step, and the worst where there is more', () => {
    expect(told({ gradientNorm: 1e-9, updateNorm: 5 }, 1, 1).tone).toBe('good');
    const both = readings({ updateNorm: 0.3 }, 1).map((reading) => ({
      ...reading,
      layers: reading.layers.map((layer) =>
        layer.name === 'dense_1' ? layer : { ...layer, gradientNorm: 1e-7 },
      ),
    }));
    expect(healthWords(layersHealth(both, 1)!).text).toBe(
      'The gradient of Convolution 1 has vanished: 10⁻⁷ of the last layer’s. So with one more layer.',
    );
  });
});

it('numbers are short, and powers of ten where those are shorter', () => {
  expect([0, 0.263, 1.43, 0.0123, 430, 1.4e-7, 3e9].map(measureText)).toEqual([
    ...['0', '0.26', '1.4', '0.012', '430', '10⁻⁷', '10⁹'],
  ]);
  expect([1, 0.1, 1e-12, 0].map(powerOfTen)).toEqual(['10⁰', '10⁻¹', '10⁻¹²', '0']);
});
