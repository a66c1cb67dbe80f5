import type { LayerConfig } from '../../shared/config.ts';
import { activations } from '../../shared/fields/choices.ts';
import { convolution, dense, flatten, pooling, withScores } from './networks.ts';

/** Networks that together hold every layer, activation, padding and stride; images are 9 by 7, so nothing is even. */

const border = { top: 2, bottom: 1, left: 0, right: 3 };

// No bias before it: its gradient is zero, for the mean is taken off again, and zeros cannot be compared.
const batchNormalization = {
  type: 'batch-normalization',
  momentum: 0.9,
  epsilon: 1e-3,
  activation: 'relu',
} as const;
const normalized = (activation: 'relu' | 'tanh' | 'none'): LayerConfig => ({
  ...batchNormalization,
  activation,
});

export const gradientCases: Record<string, LayerConfig[]> = {
  'dense, two layers': [flatten, dense(8, { activation: 'tanh' }), dense(10)],
  'dense without bias': [flatten, dense(8, { activation: 'tanh', bias: false }), dense(10)],
  'convolution, same': withScores(convolution(), convolution({ filters: 4 })),
  'convolution, valid': withScores(
    convolution({ padding: 'valid' }),
    convolution({ padding: 'valid' }),
  ),
  'convolution, explicit zeros': withScores(
    convolution({ padding: border }),
    convolution({ padding: border }),
  ),
  'convolution, stride 2': withScores(
    convolution({ stride: [2, 2] }),
    convolution({ stride: [2, 2] }),
  ),
  'convolution, stride 3': withScores(convolution(), convolution({ stride: [3, 3] })),
  'convolution, stride 3 by 1, valid': withScores(
    convolution(),
    convolution({ stride: [3, 1], padding: 'valid' }),
  ),
  'convolution, stride 2 by 3, valid, a row and a column left out': withScores(
    convolution(),
    convolution({ kernel: [2, 3], stride: [2, 3], padding: 'valid' }),
  ),
  'convolution, stride 4 by 3, explicit zeros, rows and columns left out': withScores(
    convolution(),
    convolution({
      kernel: [3, 2],
      stride: [4, 3],
      padding: { top: 1, bottom: 0, left: 0, right: 0 },
    }),
    convolution(),
  ),
  'convolution, 1 by 1 kernel, stride 3 by 4, valid, rows and columns left out': withScores(
    convolution(),
    convolution({ kernel: [1, 1], stride: [3, 4], padding: 'valid' }),
  ),
  'convolution, one place, rows and columns left out': withScores(
    convolution(),
    convolution({ kernel: [5, 4], stride: [5, 4], padding: 'valid' }),
  ),
  'convolution, stride wider than its kernel': withScores(
    convolution(),
    convolution({ kernel: [3, 1], stride: [6, 2], padding: 'valid' }),
  ),
  'convolution, stride 2, explicit zeros': withScores(
    convolution(),
    convolution({ stride: [2, 2], padding: border }),
  ),
  'convolution, 2 by 5 kernel': withScores(convolution(), convolution({ kernel: [2, 5] })),
  'convolution, kernel as large as the image': withScores(
    convolution(),
    convolution({ kernel: [9, 7], padding: 'valid' }),
  ),
  'convolution, 1 by 1 kernel': withScores(
    convolution(),
    convolution({ kernel: [1, 1], filters: 5 }),
  ),
  'global average pooling': [
    convolution({ activation: 'tanh' }),
    convolution({ filters: 10 }),
    { type: 'global-average-pooling' },
  ],
  'global average pooling, then dense': [
    convolution({ activation: 'tanh' }),
    { type: 'global-average-pooling' },
    dense(10),
  ],
  'batch normalisation of images, tanh': withScores(
    convolution({ bias: false }),
    normalized('tanh'),
    convolution(),
  ),
  'batch normalisation of rows, tanh': [
    flatten,
    dense(12, { bias: false }),
    normalized('tanh'),
    dense(10),
  ],
  'convolution without bias': withScores(convolution({ bias: false, activation: 'relu' })),
  'batch normalisation of images': withScores(
    convolution({ bias: false }),
    batchNormalization,
    convolution(),
  ),
  'batch normalisation of rows': [
    flatten,
    dense(12, { bias: false }),
    batchNormalization,
    dense(10),
  ],
  'batch normalisation, then max pooling': withScores(
    convolution({ bias: false }),
    normalized('none'),
    pooling(),
  ),
  'batch normalisation and ReLU, then max pooling': withScores(
    convolution({ bias: false }),
    batchNormalization,
    pooling(),
    convolution(),
  ),
  'batch normalisation, ReLU and max pooling with gaps': withScores(
    convolution({ bias: false }),
    batchNormalization,
    pooling({ size: [2, 1], stride: [7, 2], padding: 'valid' }),
  ),
  'batch normalisation twice': withScores(
    convolution({ bias: false }),
    batchNormalization,
    pooling(),
    convolution({ bias: false, filters: 5 }),
    normalized('tanh'),
    pooling(),
  ),
  'max pooling after max pooling': withScores(
    convolution({ activation: 'relu' }),
    pooling(),
    pooling({ size: [3, 2], padding: 'valid' }),
  ),
};

/** By `valid` the last rows and columns are left out where a stride leaves a rest. */
const windows = {
  same: [
    ['2 by 2', { size: [2, 2], stride: [2, 2] }],
    ['3 by 2, stride 2 by 3', { size: [3, 2], stride: [2, 3] }],
    ['3 by 3, overlapping, stride 1', { size: [3, 3], stride: [1, 1] }],
    ['2 by 2, gaps, stride 3', { size: [2, 2], stride: [3, 3] }],
  ],
  valid: [
    ['3 by 3, stride 2', { size: [3, 3], stride: [2, 2] }],
    ['3 by 4, stride 2 by 3', { size: [3, 4], stride: [2, 3] }],
    ['2 by 3, overlapping, stride 1', { size: [2, 3], stride: [1, 1] }],
    ['1 by 3, gaps, stride 2 by 4', { size: [1, 3], stride: [2, 4] }],
    ['2 by 2, a row and a column left out', { size: [2, 2], stride: [2, 2] }],
    ['3 by 2, gaps, rows and a column left out', { size: [3, 2], stride: [4, 4] }],
  ],
} as const;
for (const kind of ['max', 'average', 'l2'] as const) {
  for (const padding of ['same', 'valid'] as const) {
    for (const [name, window] of windows[padding]) {
      const layer = pooling({ kind, padding, size: [...window.size], stride: [...window.stride] });
      gradientCases[`${kind} pooling, ${name}, ${padding}`] = withScores(
        convolution(),
        layer,
        convolution(),
      );
    }
  }
}

for (const activation of activations) {
  gradientCases[`${activation} of a convolution`] = withScores(
    convolution({ activation }),
    convolution(),
  );
  gradientCases[`${activation} of a dense layer`] = [flatten, dense(9, { activation }), dense(10)];
  gradientCases[`${activation}, then max pooling`] = withScores(
    convolution({ activation }),
    pooling(),
  );
}
