import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../../../shared/config.ts';
import { networkShape } from '../../../shared/network-shape.ts';
import { builtInChoices } from '../../../shared/preset-choice.ts';
import { presets, seedRun } from '../../../shared/presets.ts';

const image = { height: 20, width: 24, channels: 3, classes: 7 };
const present: RunConfig = {
  ...seedRun(),
  data: { ...seedRun().data, dataset: '/photos', validationSize: 12, batchSize: 9, invert: true },
};

describe('builtInChoices', () => {
  it('are made for the images, and keep the data of the run', () => {
    const choices = builtInChoices(present, image);
    expect(choices.map(({ title }) => title)).toEqual([
      ...['Seed network', 'LeNet-5', 'All-convolutional', 'Dense only', 'Small and fast', 'Cifar'],
    ]);
    for (const { config } of choices) {
      expect(() => networkShape(config.network.layers, [20, 24, 3], 7)).not.toThrow();
      expect(config.data).toMatchObject({ dataset: '/photos', validationSize: 12, invert: true });
    }
    const small = choices.find(({ title }) => title === 'Small and fast');
    expect(small?.config.data.batchSize).toBe(presets['small-and-fast']!().data.batchSize);
    expect(choices.at(-1)?.config.data.augmentation).toMatchObject({ flip: true, crop: 3 });
  });

  it('are the presets themselves for MNIST', () => {
    const configs = builtInChoices(seedRun(), null).map(({ config }) => config);
    expect(configs).toEqual(Object.values(presets).map((make) => make()));
  });
});
