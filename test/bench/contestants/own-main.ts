import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { loadDataset } from '../../../main/trainer/data/dataset.ts';
import { Control } from '../../../main/trainer/control.ts';
import { evaluate } from '../../../main/trainer/evaluate.ts';
import { tensorFlowVersion } from '../../../main/trainer/tensorflow.ts';
import { configOf, endlessBatches, epochBatches, ownOptions, trainerOf } from './own.ts';

/** A contestant's process, as peers/turns.py: answers each `{steps}` with the speed at which it did them, `{epoch}` with the test accuracy. */

const request = v.union([v.object({ steps: v.number() }), v.object({ epoch: v.literal(true) })]);

const options = v.parse(ownOptions, JSON.parse(process.argv[2] ?? '{}'));
// Nothing goes on beside an operation there: each has all threads.
if (options.eager) process.env.TF_NUM_INTRAOP_THREADS ??= String(availableParallelism());
const config = configOf(options);
const { batchSize, dataset: name, validationSize } = config.data;
const dataset = await loadDataset(name, validationSize);
const trainer = await trainerOf(options, config, dataset);
const source = endlessBatches(dataset, config);
let done = 0;
let epochs = 0;

const say = (answer: object): boolean => process.stdout.write(`${JSON.stringify(answer)}\n`);

function train(steps: number): object {
  const since = performance.now();
  for (let k = 0; k < steps; k++) trainer.step(source.next().value, done++);
  const seconds = (performance.now() - since) / 1000;
  return {
    examplesPerSecond: (steps * batchSize) / seconds,
    peakMemory: process.resourceUsage().maxRSS * 1024,
  };
}

async function epoch(): Promise<object> {
  for (const batch of epochBatches(dataset, config, epochs++, false)) trainer.step(batch, done++);
  if (!trainer.session) throw new Error('Op by op there is no evaluation.');
  const { test, height, width } = dataset;
  const score = await evaluate(trainer.session, test, height * width, new Control());
  return { accuracy: score?.accuracy };
}

say({ version: `TensorFlow ${tensorFlowVersion()}` });
for await (const line of createInterface(process.stdin)) {
  const asked = v.parse(request, JSON.parse(line));
  say('steps' in asked ? train(asked.steps) : await epoch());
}
