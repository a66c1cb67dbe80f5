import type { Images } from './appearance.ts';
import type { RunConfig } from './config.ts';
import { usualForm } from './drawn-image.ts';
import { convolution, dense, mnistData, pooling, scores } from './preset-networks.ts';

/**
 * The small network that the app ships with, so that Learn has one before anything was trained. main/trainer/shipped has its weights and
 * tells how it was made; an engine test holds that they belong to these layers.
 */

const unbiased = { bias: false };
const halved = pooling('max');

export const shippedNetwork: RunConfig['network'] = {
  name: 'Small network',
  layers: [
    convolution(8, 3, unbiased),
    halved,
    convolution(16, 3, unbiased),
    halved,
    { type: 'flatten' },
    dense(32, unbiased),
    { ...scores(mnistData), ...unbiased },
  ],
};

export const shippedImages: Images = {
  ...usualForm,
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
};
