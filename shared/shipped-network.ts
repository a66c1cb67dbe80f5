import type { Images } from './appearance.ts';
import type { RunConfig } from './config.ts';
import { usualForm } from './drawn-image.ts';

/**
 * The small network that the app ships with, so that Learn has one before anything was trained. main/trainer/shipped has its weights and
 * tells how it was made; an engine test holds that they belong to these layers.
 */

const convolution = (filters: number): RunConfig['network']['layers'][number] => ({
  type: 'convolution',
  filters,
  kernel: [3, 3],
  stride: [1, 1],
  padding: 'same',
  bias: false,
  activation: 'relu',
  start: { type: 'he' },
});

const halved: RunConfig['network']['layers'][number] = {
  type: 'pooling',
  kind: 'max',
  size: [2, 2],
  stride: [2, 2],
  padding: 'same',
};

export const shippedNetwork: RunConfig['network'] = {
  name: 'Small network',
  layers: [
    convolution(8),
    halved,
    convolution(16),
    halved,
    { type: 'flatten' },
    { type: 'dense', units: 32, bias: false, activation: 'relu', start: { type: 'he' } },
    { type: 'dense', units: 10, bias: false, activation: 'none', start: { type: 'glorot' } },
  ],
};

export const shippedImages: Images = {
  ...usualForm,
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
};
