import { expect, it } from 'vitest';
import type { RunConfig } from '../../../shared/config.ts';
import { imageIdAt } from '../../../shared/image-id.ts';
import { isProven } from '../../../shared/proof.ts';
import type { TrainerEvent, TrainerEventOf } from '../../../shared/trainer-events.ts';
import { newestCheckpoint } from '../../../main/trainer/checkpoint/reading.ts';
import { imageIdsOf } from '../../../main/trainer/data/image-ids.ts';
import { proveCheckpoint } from '../../../main/trainer/training/proof/prove.ts';
import { askedReader } from '../../support/asked-reader.ts';
import { tinyRun } from '../../support/cli.ts';
import { loadDataset } from '../../support/datasets.ts';
import { checkpointHash, smallDataset, temporaryFolder } from '../../support/folders.ts';
import { writeIdxPart } from '../../support/idx-files.ts';
import { failures, trainUntilIdle } from '../../support/trainer.ts';

/** Images that a run leaves out: as if they were not among the data, whatever becomes of the marks later. */

const [TRAIN, TEST, GONE] = [450, 20, 23];
const { signal } = new AbortController();
const dataset = await smallDataset(TRAIN, TEST);
const whole = await loadDataset(dataset, 50);
const allIds = await imageIdsOf(whole.train, 784, signal);
/** Here and there, the first and the last among them; an image of validation, and one that is nowhere. */
const numbers = Array.from({ length: GONE }, (_, k) => Math.round((k * 399) / (GONE - 1)));
const inValidation = imageIdAt(await imageIdsOf(whole.validation, 784, signal), 7);
const leftOut = [...numbers.map((k) => imageIdAt(allIds, k)), inValidation, '0'.repeat(16)].sort();

/** The same data, of which the images were really taken out. */
function reallyWithout(): string {
  const folder = temporaryFolder();
  const { train, validation, test } = whole;
  const kept = Array.from({ length: train.count }, (_, k) => k).filter((k) => !numbers.includes(k));
  const images = kept.map((k) => train.images.subarray(k * 784, (k + 1) * 784));
  const labels = [...kept.map((k) => train.labels[k]!), ...validation.labels];
  writeIdxPart(folder, 'train', [...images, validation.images], labels);
  writeIdxPart(folder, 't10k', [test.images], test.labels);
  return folder;
}

const configOf = (data: Partial<RunConfig['data']>, maxSteps: number | null = null): RunConfig => {
  const run = tinyRun(dataset);
  return {
    ...run,
    data: { ...run.data, batchSize: 64, validationSize: 50, ...data },
    training: { ...run.training, epochs: 2, maxSteps, precision: 'float32' },
  };
};
const startedIn = (events: readonly TrainerEvent[]): TrainerEventOf<'started'> =>
  events.find((event) => event.type === 'started')!;
const failedIn = (events: readonly TrainerEvent[]): TrainerEventOf<'failed'> | undefined =>
  events.find((event) => event.type === 'failed');
/** Six batches of 377 examples, twice. */
const LAST = 12;

it('a run without them has the bits of a run on data that never had them, also after it was stopped within an epoch', async () => {
  const [marked, removed, stopped] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  const events = await trainUntilIdle(marked, configOf({ leftOut }));
  expect(failures(events)).toMatchObject([
    {
      what: '23 images are left out of training, 377 are trained on. 1 more that was to be left out lies in validation or test, which keep all images. 1 that was to be left out is not among these data.',
    },
  ]);
  expect(startedIn(events)).toMatchObject({
    examples: { train: TRAIN - 50 - GONE, validation: 50, test: TEST },
    stepsPerEpoch: LAST / 2,
  });
  const other = await trainUntilIdle(removed, configOf({ dataset: reallyWithout() }));
  expect(failures(other)).toEqual([]);
  const epochs = (all: readonly TrainerEvent[]) => all.filter(({ type }) => type === 'epoch');
  expect(epochs(events)).toEqual(epochs(other));
  expect(epochs(events)).toHaveLength(2);
  expect(checkpointHash(marked, LAST)).toBe(checkpointHash(removed, LAST));

  await trainUntilIdle(stopped, configOf({ leftOut }, 4));
  // Of the folder alone: its newest checkpoint says what was left out.
  const { config } = (await newestCheckpoint(stopped)).checkpoint!.record;
  expect(config.data.leftOut).toEqual(leftOut);
  const on = { ...config, training: { ...config.training, maxSteps: null } };
  await trainUntilIdle(stopped, on);
  expect(checkpointHash(stopped, LAST)).toBe(checkpointHash(marked, LAST));
});

it('it goes on with the images that it began with: others are another run, the same by other names are not', async () => {
  const folder = temporaryFolder();
  await trainUntilIdle(folder, configOf({ leftOut }, 2));
  const refused = await trainUntilIdle(folder, configOf({ leftOut: leftOut.slice(5) }, 4));
  const failed = failedIn(refused);
  expect(failed?.refused).toBe(true);
  expect(failed?.what).toMatch(
    /^The run began with other images left out of training \(25 images, list .{8}\) than are asked for \(20 images, list .{8}\)\.$/,
  );
  // Without the one that is nowhere, the data are the same.
  const same = leftOut.filter((id) => id !== '0'.repeat(16));
  const events = await trainUntilIdle(folder, configOf({ leftOut: same }, 4));
  expect(startedIn(events).restoredFrom?.step).toBe(2);
});

it('a stretch of it is proven from its folder alone', async () => {
  const folder = temporaryFolder();
  await trainUntilIdle(folder, configOf({ leftOut }));
  const proof = await proveCheckpoint(
    folder,
    { name: `model.ckpt-${LAST}` },
    { signal, onProgress: () => undefined },
  );
  expect(isProven(proof!)).toBe(true);
});

it('what a checkpoint takes training images for is told without them; of the same data by name, of all', async () => {
  const folder = temporaryFolder();
  await trainUntilIdle(folder, configOf({ leftOut }, 2));
  const reader = askedReader();
  const ask = (name: string | null) =>
    reader.answer({
      ...{ type: 'predictions', folder, checkpoint: 'model.ckpt-2', dataset: name },
      part: 'train',
    });
  const own = await ask(null);
  expect(own.findings).toEqual([]);
  expect(own.labels).toHaveLength(377);
  const ids = Array.from(own.labels, (_, k) => imageIdAt(own.imageIds, k));
  expect(ids.filter((id) => leftOut.includes(id))).toEqual([]);
  const all = await ask(dataset);
  expect(all.findings).toEqual([]);
  expect(all.imageIds).toEqual(allIds);
});

it('a batch that is larger than what is left is refused', async () => {
  const events = await trainUntilIdle(temporaryFolder(), configOf({ leftOut, batchSize: 390 }));
  expect(failedIn(events)).toMatchObject({
    what: 'The batch size is 390, but there are only 377 examples to train on.',
  });
});
