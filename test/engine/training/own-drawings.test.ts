import { rmSync } from 'node:fs';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { runConfigSchema, type RunConfig } from '../../../shared/config.ts';
import { imageIdAt } from '../../../shared/image-id.ts';
import { isProven } from '../../../shared/proof.ts';
import type { TrainerEvent, TrainerEventOf } from '../../../shared/trainer-events.ts';
import { newestCheckpoint } from '../../../main/trainer/checkpoint/reading.ts';
import { imageIdsOf } from '../../../main/trainer/data/image-ids.ts';
import { picturePath } from '../../../main/trainer/files/find-drawings.ts';
import { proveCheckpoint } from '../../../main/trainer/training/proof/prove.ts';
import { askedReader } from '../../support/asked-reader.ts';
import { tinyRun } from '../../support/cli.ts';
import { loadDataset } from '../../support/datasets.ts';
import { checkpointHash, smallDataset, temporaryFolder } from '../../support/folders.ts';
import { writeIdxPart } from '../../support/idx-files.ts';
import { drawnPixels, keepIn } from '../../support/kept-drawings.ts';
import { failures, trainUntilIdle } from '../../support/trainer.ts';

/** A person's own drawings among the training examples: as if they lay there so many times, and whatever is drawn later. */

const [TRAIN, TEST, VALIDATED, WEIGHT] = [150, 20, 30, 4];
const { signal } = new AbortController();
const dataset = await smallDataset(TRAIN, TEST);
const whole = await loadDataset(dataset, VALIDATED);
/** The class of each drawing; there is no class of the last. */
const drawn = ['7', '3', '7', 'x'];
/** 120 images and three drawings, four times each, in batches of 50. */
const [A_EPOCH, LAST] = [3, 6];

async function drawings() {
  const root = temporaryFolder();
  const keep = keepIn(root);
  const ids = [];
  for (const [ink, folder] of drawn.entries()) ids.push(await keep(folder, drawnPixels(ink)));
  return { root, ids, keep };
}

const configOf = (folder: string | null, maxSteps: number | null = null, place = dataset) => {
  const run = tinyRun(place);
  return v.parse(runConfigSchema, {
    ...run,
    data: {
      ...{ ...run.data, batchSize: 50, validationSize: VALIDATED },
      ownDrawings: { folder, weight: WEIGHT },
    },
    training: { ...run.training, epochs: 2, maxSteps, precision: 'float32' },
  });
};
const startedIn = (events: readonly TrainerEvent[]): TrainerEventOf<'started'> =>
  events.find((event) => event.type === 'started')!;
const told = (events: readonly TrainerEvent[]): string =>
  failures(events)
    .map((event) => ('what' in event ? event.what : ''))
    .join(' ');
const listOf = ({ data }: RunConfig): readonly string[] => data.ownDrawings?.drawings ?? [];

/** The same data, in whose training part the drawings really lie, four times each, in the order of what they are found by. */
async function reallyWith(): Promise<string> {
  const own = [0, 1, 2];
  const form = { images: Buffer.concat(own.map((ink) => drawnPixels(ink))), count: own.length };
  const ownLabels = Uint8Array.from(own, (ink) => Number(drawn[ink]));
  const found = await imageIdsOf({ ...form, labels: ownLabels }, 784, signal);
  const idOf = (ink: number): string => imageIdAt(found, ink);
  const order = own.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  const folder = temporaryFolder();
  const { train, validation, test } = whole;
  const added = order.flatMap((ink) => Array<number>(WEIGHT).fill(ink));
  const images = [train.images, ...added.map((ink) => drawnPixels(ink)), validation.images];
  const labels = [...train.labels, ...added.map((ink) => Number(drawn[ink])), ...validation.labels];
  writeIdxPart(folder, 'train', images, labels);
  writeIdxPart(folder, 't10k', [test.images], test.labels);
  return folder;
}

it('switched off, a run is what it was: the same bits, and nothing of them in its record', async () => {
  const [off, never] = [temporaryFolder(), temporaryFolder()];
  const { data, ...others } = configOf(null, 2);
  expect('ownDrawings' in JSON.parse(JSON.stringify(data))).toBe(false);
  const without = { ...data };
  delete without.ownDrawings;
  await trainUntilIdle(off, { ...others, data });
  await trainUntilIdle(never, { ...others, data: without });
  const record = async (folder: string) => (await newestCheckpoint(folder)).checkpoint!.record;
  expect(checkpointHash(off, 2)).toBe(checkpointHash(never, 2));
  expect((await record(off)).datasetHash).toBe(whole.hash);
  expect('ownDrawings' in (await record(off)).config.data).toBe(false);
});

it('on, a run has the bits of one whose data hold each so many times, and validates on none; stopped, it goes on with those that it began with', async () => {
  const { root, ids, keep } = await drawings();
  const [mixed, stopped] = [temporaryFolder(), temporaryFolder()];
  const events = await trainUntilIdle(mixed, configOf(root));
  expect(told(events)).toBe(
    '3 drawings of your own are trained on, each as 4 examples: 12 of the 132 training examples. 1 drawing is left out, of classes that there are not here: x.',
  );
  const started = startedIn(events);
  expect(started).toMatchObject({
    examples: { train: TRAIN - VALIDATED + 3 * WEIGHT, validation: VALIDATED, test: TEST },
    stepsPerEpoch: A_EPOCH,
  });
  const really = temporaryFolder();
  const others = await trainUntilIdle(really, configOf(null, null, await reallyWith()));
  const epochs = (all: readonly TrainerEvent[]) => all.filter(({ type }) => type === 'epoch');
  expect(epochs(events)).toEqual(epochs(others));
  expect(epochs(events)).toHaveLength(2);
  expect(checkpointHash(mixed, LAST)).toBe(checkpointHash(really, LAST));

  await trainUntilIdle(stopped, configOf(root, 2));
  const later = await keep('3', drawnPixels(9));
  const on = await trainUntilIdle(stopped, configOf(root));
  expect(told(on)).toContain(
    'The run keeps to those that it began with; 1 drawing more that lies there is not trained on.',
  );
  expect(startedIn(on).restoredFrom?.step).toBe(2);
  expect(listOf(startedIn(on).config)).toEqual(listOf(started.config));
  expect(checkpointHash(stopped, LAST)).toBe(checkpointHash(mixed, LAST));
  // A new run learns from those that lie there now.
  const anew = await trainUntilIdle(temporaryFolder(), configOf(root, 1));
  expect(listOf(startedIn(anew).config)).toHaveLength(4);
  rmSync(picturePath(root, later));

  const ask = { signal, onProgress: () => undefined };
  expect(isProven((await proveCheckpoint(mixed, { name: `model.ckpt-${LAST}` }, ask))!)).toBe(true);

  // Examined, they are a part of their own, of which the training images know nothing.
  const about = { type: 'predictions', folder: mixed, checkpoint: 'model.ckpt-6', dataset: null };
  const reader = askedReader();
  const own = await reader.answer({
    ...about,
    type: 'predictions',
    part: 'own',
    ownDrawings: root,
  });
  expect([...own.labels].sort()).toEqual([3, 7, 7]);
  expect(own.findings.map(({ what }) => what)).toEqual([
    '1 drawing is left out, of classes that there are not here: x.',
    'The run learned from all of these drawings: how well it reads new ones they do not tell.',
  ]);
  const trained = await reader.answer({ ...about, type: 'predictions', part: 'train' });
  expect([trained.labels.length, trained.findings]).toEqual([TRAIN - VALIDATED, []]);

  // What it began with is not there any more.
  rmSync(picturePath(root, ids[1]!));
  const refused = await trainUntilIdle(stopped, configOf(root));
  expect(failures(refused)).toMatchObject([
    {
      ...{ type: 'failed', refused: true, where: root },
      what: '1 of the 3 drawings of your own that this run began with is not in their folder any more, or changed.',
    },
  ]);
  const off = await trainUntilIdle(stopped, configOf(null));
  expect(told(off)).toMatch(
    /^The run began with other drawings of your own \(3 drawings as 4 examples each, list [\da-f]{8}\) than are asked for \(none\)\.$/,
  );
});
