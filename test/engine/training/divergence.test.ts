import { expect, it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { readFloats, readIndex } from '../../../main/trainer/checkpoint/bundle/read.ts';
import { writeBundle } from '../../../main/trainer/checkpoint/bundle/write.ts';
import { epochOrder } from '../../../main/trainer/data/batches.ts';
import { loadDataset } from '../../support/datasets.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { newestCheckpoint } from '../../../main/trainer/checkpoint/reading.ts';
import type { RunConfig } from '../../../shared/config.ts';
import { smallDataset, temporaryFolder } from '../../support/folders.ts';
import { image } from '../../support/gradients.ts';
import { dense, flatten } from '../../support/networks.ts';
import * as v from 'valibot';
import {
  trainerEventSchema,
  type TrainerEvent,
  type TrainerEventOf,
} from '../../../shared/trainer-events.ts';
import { createService } from '../../../main/trainer/service.ts';
import { failures, smallRun, STEPS_AN_EPOCH, trainUntilIdle } from '../../support/trainer.ts';

const dataset = await smallDataset(450, 100);

const hasty = (run: RunConfig, learningRate: number): RunConfig => ({
  ...run,
  optimizer: { ...run.optimizer, rule: { type: 'sgd' }, learningRate, weightDecay: 10 },
});

it('a run that diverges says where, and its last good checkpoint stays the newest', async () => {
  const folder = temporaryFolder();
  const calm = hasty(smallRun(dataset, 'float32'), 0.001);
  await trainUntilIdle(folder, { ...calm, training: { ...calm.training, epochs: 1 } });
  // Decay at this rate makes every weight 999 times as large each step.
  const [failure] = failures(await trainUntilIdle(folder, hasty(calm, 100)));
  expect(failure).toMatchObject({ type: 'failed' });
  expect(JSON.stringify(failure)).toMatch(
    /diverged.*first in (layer \d+ \((convolution|dense)_\d\)|the loss)/,
  );
  const { checkpoint } = await newestCheckpoint(folder);
  expect(checkpoint?.record.cursor.step).toBe(STEPS_AN_EPOCH);
});

/** Some weights of one layer made no numbers in a checkpoint, the record made to fit: a run that goes on from there. */
async function withBrokenLayer(name: string, broken: number, all = false): Promise<string> {
  const folder = temporaryFolder();
  const run = smallRun(dataset, 'float32');
  await trainUntilIdle(folder, { ...run, training: { ...run.training, epochs: 1 } });
  const { checkpoint } = await newestCheckpoint(folder);
  const { prefix, record } = checkpoint!;
  const paths = { data: `${prefix}.data-00000-of-00001`, index: `${prefix}.index` };
  const index = await readIndex(paths.index);
  const floats = await readFloats(paths.data, index);
  const values = floats.get(name)!;
  values.fill(broken, 0, all ? values.length : 1);
  const tensors = [...index].map(([tensor, { shape }]) => ({
    name: tensor,
    shape,
    values: floats.get(tensor) ?? BigInt64Array.of(BigInt(record.cursor.step)),
  }));
  const files = await writeBundle(paths, tensors);
  writeFileSync(`${prefix}.json`, JSON.stringify({ ...record, files }));
  return folder;
}

it.each([
  ['convolution_2/weights', 'layer 3 (convolution_2)'],
  ['dense_1/weights', 'layer 10 (dense_1)'],
])(
  'weights of %s that are not finite: that layer is named as the first, and nothing is saved',
  async (name, layer) => {
    const folder = await withBrokenLayer(name, Infinity);
    const events = await trainUntilIdle(folder, smallRun(dataset, 'float32'));
    const [failure] = failures(events);
    expect(failure).toMatchObject({
      type: 'failed',
      where: `step ${STEPS_AN_EPOCH}, first in ${layer}`,
    });
    expect(events.some(({ type }) => type === 'saved')).toBe(false);
  },
);

it.each([
  ['convolution_3/weights', 'layer 6 (convolution_3)', 'float32'],
  ['convolution_3/weights', 'layer 6 (convolution_3)', 'bfloat16'],
] as const)(
  'weights of %s that are NaN, which a maximum and a ReLU hide from the loss: %s is named, in %s',
  async (name, layer, precision) => {
    const folder = await withBrokenLayer(name, NaN, true);
    const run = smallRun(dataset, precision);
    const quiet = { ...run, training: { ...run.training, diagnosticsEvery: 0 } };
    const events = await trainUntilIdle(folder, quiet);
    expect(failures(events).at(-1)).toMatchObject({
      type: 'failed',
      where: `step ${STEPS_AN_EPOCH}, first in ${layer}`,
    });
    expect(events.some(({ type }) => type === 'saved' || type === 'epoch')).toBe(false);
  },
);

it('an output that overflows: the first layer that does is named, its weights being good', async () => {
  const small = smallRun(dataset, 'float32');
  const wild = dense(64, { start: { type: 'normal', deviation: 10 }, bias: false });
  const layers = [flatten, ...Array.from({ length: 40 }, () => wild), dense(10)];
  const run = { ...small, network: { name: 'wild', layers } };
  const [failure] = failures(await trainUntilIdle(temporaryFolder(), run));
  const named = /step 0, first in layer (\d+) \(dense_(\d+)\)/.exec(JSON.stringify(failure));
  const layer = Number(named?.[1]);
  expect(Number(named?.[2])).toBe(layer);

  // The same weights, looked at image by image.
  const { train } = await loadDataset(dataset, 50);
  const session = await Session.open(compile(run, 'float32', { ...image, height: 28, width: 28 }));
  session.start();
  const first = epochOrder(train.count, run.training.seed, 0).subarray(0, run.data.batchSize);
  const finiteAt = (at: number): boolean =>
    Array.from(first).every((k) =>
      session.activations(train.images.subarray(784 * k, 784 * (k + 1)), at).every(Number.isFinite),
    );
  expect(finiteAt(layer - 1)).toBe(true);
  expect(finiteAt(layer)).toBe(false);
  session.close();
});

/** The first layer makes its output faint, so that it does not overflow; the way back is some 30 times steeper at every layer. */
function steepRun(options: Partial<RunConfig['optimizer']>, diagnosticsEvery: number): RunConfig {
  const small = smallRun(dataset, 'float32');
  const steep = dense(8, { start: { type: 'normal', deviation: 10 }, bias: false });
  const faint = dense(8, { start: { type: 'normal', deviation: 1e-30 }, bias: false });
  const layers = [flatten, faint, ...Array.from({ length: 28 }, () => steep), dense(10)];
  return {
    ...small,
    network: { name: 'steep', layers },
    optimizer: { ...small.optimizer, ...options },
    training: { ...small.training, diagnosticsEvery },
  };
}

it.each([
  [null, 0],
  [null, 1],
  [1, 0],
  [1, 1],
])(
  'a gradient that overflows although the loss is finite: its layer is named, clipped to %s, looked at every %s steps',
  async (clipNorm, every) => {
    const events = await trainUntilIdle(temporaryFolder(), steepRun({ clipNorm }, every));
    const [failure] = failures(events);
    expect(failure).toMatchObject({
      type: 'failed',
      where: 'step 0, first in layer 1 (dense_1)',
      remedy: expect.stringContaining('start again') as string,
    });
    expect(JSON.stringify(failure)).toMatch(/the gradient of layer 1 \(dense_1\) is not finite/);
    expect(events.some(({ type }) => type === 'saved')).toBe(false);
  },
);

it('a validation that is no number stops the run, and its weights are never the newest checkpoint', async () => {
  const small = smallRun(dataset, 'float32');
  const wide = dense(16, { start: { type: 'he' }, bias: false });
  const layers = [flatten, ...Array.from({ length: 12 }, () => wide), dense(10)];
  const run: RunConfig = {
    ...small,
    network: { name: 'deep', layers },
    // One step an epoch, and so large that only the next forward pass shows it.
    optimizer: { ...small.optimizer, rule: { type: 'sgd' }, learningRate: 100 },
    data: { ...small.data, batchSize: 400 },
    training: { ...small.training, diagnosticsEvery: 0 },
  };
  const folder = temporaryFolder();
  const events = await trainUntilIdle(folder, run);
  expect(failures(events).at(-1)).toMatchObject({
    type: 'failed',
    where: expect.stringMatching(/^step \d+, first in layer \d+ \(dense_\d+\)$/) as string,
  });
  expect(events.some(({ type }) => type === 'finished')).toBe(false);
  for (const event of events) expect(v.safeParse(trainerEventSchema, event).success).toBe(true);
  expect((await newestCheckpoint(folder)).damaged).toEqual([]);
});

it('a network that has been ruined answers with what it was before', async () => {
  const folder = temporaryFolder();
  const run = smallRun(dataset, 'float32');
  const calm = hasty(run, 0.001);
  await trainUntilIdle(folder, { ...calm, training: { ...calm.training, epochs: 1 } });
  const answers: TrainerEvent[] = [];
  const service = createService((event) => answers.push(event));
  service.handle({ type: 'start', checkpointDir: folder, config: hasty(run, 100) });
  await service.idle;
  expect(answers.some(({ type }) => type === 'failed')).toBe(true);
  const pixels = new Uint8Array(784);
  const image = { height: 28, width: 28, channels: 1, pixels };
  service.handle({ type: 'ask', id: 7, question: { type: 'predict', image } });
  const event = answers.find(({ type }) => type === 'answer');
  expect(event).toMatchObject({ id: 7, answer: { type: 'predict', step: STEPS_AN_EPOCH } });
  const { answer } = event as TrainerEventOf<'answer'>;
  expect('probabilities' in answer && answer.probabilities.every(Number.isFinite)).toBe(true);
  service.handle({ type: 'shutdown' });
});
