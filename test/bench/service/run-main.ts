import { createInterface } from 'node:readline';
import { Control } from '../../../main/trainer/training/control.ts';
import { gatherBatch } from '../../../main/trainer/data/batches.ts';
import { evaluateExamples } from '../../../main/trainer/tensorflow/evaluate.ts';
import { openRun } from '../open-run.ts';
import { Saver } from '../../../main/trainer/training/saving/saver.ts';
import { fedNumbers } from '../../../main/trainer/tensorflow/feeds.ts';
import type { Precision } from '../../../shared/config.ts';
import { presets, seedRun } from '../../../shared/presets.ts';
import { median } from '../statistics.ts';

/** A run that answers `{evaluate}` and `{save}` with how long each took. */

const STEPS_BEFORE = 30;

const { folder, preset, precision } = JSON.parse(process.argv[2] ?? '') as {
  folder: string;
  preset: string;
  precision: Precision;
};
const asked = presets[preset]?.() ?? seedRun();
const { run, folder: opened } = await openRun(
  { ...asked, training: { ...asked.training, precision } },
  folder,
);
const saver = await Saver.begin(run, opened, () => undefined);
const control = new Control();
const settings = fedNumbers(run.config, run.learningRate);
const indices = Uint32Array.from({ length: run.config.data.batchSize }, (_, k) => k);

const say = (answer: object): boolean => process.stdout.write(`${JSON.stringify(answer)}\n`);
const since = (start: number): number => (performance.now() - start) / 1000;

/**
 * A step as the training loop does it.
 * @returns seconds
 */
async function step(): Promise<number> {
  const start = performance.now();
  await control.yieldToEventLoop();
  const batch = gatherBatch(run.dataset.train, indices, run.imageSize);
  run.session.train(batch, run.cursor.step++, settings);
  return since(start);
}

async function steps(count: number): Promise<number[]> {
  const times: number[] = [];
  for (let k = 0; k < count; k++) times.push(await step());
  return times;
}

/** Saves beside training; what saving costs is how much longer training takes than without it. */
async function save(): Promise<object> {
  const usual = median(await steps(STEPS_BEFORE));
  const start = performance.now();
  await saver.saveNow();
  const stall = since(start);
  let saving = true;
  void saver.whenWritten().then(() => (saving = false));
  let done = 0;
  let longest = 0;
  while (saving as boolean) {
    longest = Math.max(longest, await step());
    done += 1;
  }
  const seconds = since(start);
  return { seconds, stall, longest, usual, steps: done, lost: seconds - done * usual };
}

async function evaluated(): Promise<object> {
  const { test } = run.dataset;
  const start = performance.now();
  await evaluateExamples(run.session, test, run.imageSize, control);
  return { examplesPerSecond: test.count / since(start) };
}

await steps(STEPS_BEFORE);
say({ precision: run.precision.precision });
for await (const line of createInterface(process.stdin))
  say('save' in (JSON.parse(line) as object) ? await save() : await evaluated());
await opened.close();
