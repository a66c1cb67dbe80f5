import { beforeAll, expect, it, vi } from 'vitest';
import { Control } from '../../../main/trainer/training/control.ts';
import { loadDataset } from '../../support/datasets.ts';
import type { Dataset } from '../../../main/trainer/data/dataset.ts';
import type { Examples } from '../../../main/trainer/data/examples.ts';
import { evaluateExamples } from '../../../main/trainer/tensorflow/evaluate.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { convolution, dense, descent } from '../../support/networks.ts';

let mnist: Dataset;
beforeAll(async () => {
  mnist = await loadDataset('mnist', 5000);
});

const first = ({ images, labels }: Examples, count: number): Examples => ({
  images: images.subarray(0, count * 784),
  labels: labels.subarray(0, count),
  count,
});

/** Most memory that this process has had so far. */
const peak = (): number => process.resourceUsage().maxRSS * 1024;

it('goes in batches that fit in memory, however large a layer’s output is', async () => {
  const config = descent([
    convolution({ filters: 4096, kernel: [1, 1], activation: 'relu' }),
    { type: 'global-average-pooling' },
    dense(10),
  ]);
  config.data.batchSize = 1;
  const image = { height: 28, width: 28, channels: 1, classes: 10 };
  const session = await Session.open(compile(config, 'float32', image));
  session.start();
  const count = 100;
  const examples = first(mnist.test, count);
  const evaluated = vi.spyOn(session, 'evaluate');
  const before = peak();
  const score = await evaluateExamples(session, examples, 784, new Control());
  // All hundred at once take 1.3 GB.
  expect(peak() - before).toBeLessThan(0.7e9);
  const sizes = evaluated.mock.calls.map(([batch]) => batch.size);
  expect(Math.max(...sizes)).toBe(9);
  expect(sizes.reduce((a, b) => a + b)).toBe(count);
  expect(score?.confusion?.flat().reduce((a, b) => a + b)).toBe(count);
  session.close();
});
