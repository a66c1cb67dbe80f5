import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { tensorFlowVersion } from '../../../main/trainer/tensorflow/tensorflow.ts';
import { appLoop } from './app-loop.ts';
import { configOf, ownOptions } from './own.ts';
import { stepByStep } from './step-by-step.ts';

/** A contestant's process, as peers/turns.py: answers each `{steps}` with how long they took, `{epoch}` with the test accuracy. */

const request = v.union([v.object({ steps: v.number() }), v.object({ epoch: v.literal(true) })]);

const options = v.parse(ownOptions, JSON.parse(process.argv[2] ?? '{}'));
const { by, folder } = options;
// Nothing goes on beside an operation there: each has all threads.
if (by === 'eager') process.env.TF_NUM_INTRAOP_THREADS ??= String(availableParallelism());
const config = configOf(options);
const trainer = await (by === 'app'
  ? appLoop(config, folder ?? '')
  : stepByStep(config, by === 'eager'));
const { settings, dataBytes } = trainer;

const say = (answer: object): boolean => process.stdout.write(`${JSON.stringify(answer)}\n`);

say({ library: `TensorFlow ${tensorFlowVersion()}`, settings, dataBytes });
for await (const line of createInterface(process.stdin)) {
  const asked = v.parse(request, JSON.parse(line));
  if ('steps' in asked)
    say({
      ...(await trainer.train(asked.steps)),
      peakMemory: process.resourceUsage().maxRSS * 1024,
    });
  else say({ accuracy: await trainer.epoch() });
}
