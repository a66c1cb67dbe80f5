import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { loadDataset } from '../../support/datasets.ts';
import type { Precision } from '../../../shared/config.ts';
import { seedRun } from '../../../shared/presets.ts';
import type { TrainerCommand } from '../../../shared/trainer-commands.ts';
import { ownProgram, type Program } from '../program.ts';
import type { Progress } from '../progress.ts';
import { median, quantile } from '../statistics.ts';

/** What the trainer does besides training steps: predicts, evaluates, saves; and how soon it has learned. */

/** Milliseconds. */
interface Latency {
  median: number;
  p95: number;
}

const saving = v.object({
  /** Seconds until the checkpoint is on the disk. */
  seconds: v.number(),
  /** Seconds for which no step can begin. */
  stall: v.number(),
  /** The longest step while it is written, and a usual one. */
  longest: v.number(),
  usual: v.number(),
  /** Steps done meanwhile. */
  steps: v.number(),
  /** Seconds by which training is later than without it. */
  lost: v.number(),
});
type Saving = v.InferOutput<typeof saving>;

const precision = v.picklist(['float32', 'bfloat16']);
/** What a run says once it is there. */
const started = v.object({ precision });
const evaluation = v.object({ examplesPerSecond: v.number() });
const learned = v.object({
  precision,
  setUpSeconds: v.number(),
  /** From the process's start to the target, set-up included; null: not reached. */
  seconds: v.nullable(v.number()),
  step: v.number(),
  accuracy: v.number(),
});

export interface Learning extends v.InferOutput<typeof learned> {
  preset: string;
  epochs: number;
  target: number;
}

/** What a run does besides training steps. */
export interface RunService {
  preset: string;
  precision: Precision;
  /** Test images a second, of each repeat. */
  evaluation: number[];
  saving: Saving;
}

export interface Service {
  /** Of the seed network in the precision that it has chosen for itself. */
  prediction: { precision: Precision; asked: number; idle: Latency; training: Latency };
  runs: RunService[];
  learning: Learning[];
}

const ASKED = 200;
const REPEATS = 7;
const TARGET = 0.99;
/** Small and fast is made for one epoch, and for 0.985 then. */
const learners = [
  { preset: 'small-and-fast', epochs: 2, seconds: 30 },
  { preset: 'seed-network', epochs: 10, seconds: 100 },
];

/** The large and the small one: a small network's steps are over soonest. */
const savers = learners.flatMap(({ preset }) =>
  precision.options.map((wanted) => ({ preset, precision: wanted })),
);
const RUN_SECONDS = 15;

export const serviceSeconds =
  35 + savers.length * RUN_SECONDS + learners.reduce((sum, { seconds }) => sum + seconds, 0);

export async function measureService(progress: Progress): Promise<Service> {
  const folder = await mkdtemp(join(tmpdir(), 'firstlayer-bench-'));
  try {
    progress.begin('Predictions while training and idle');
    const prediction = await measurePrediction(join(folder, 'prediction'));
    progress.add(35);
    const runs: RunService[] = [];
    for (const one of savers) {
      const name = `${one.preset}, ${one.precision}`;
      progress.begin(`Evaluation and saving: ${name}`);
      runs.push(await measureRun(join(folder, name), one));
      progress.add(RUN_SECONDS);
    }
    const learning: Learning[] = [];
    for (const { preset, epochs, seconds } of learners) {
      progress.begin(`Time to a test accuracy of ${TARGET}: ${preset}`);
      const options = { folder: join(folder, preset), preset, epochs, target: TARGET };
      const answer = await using(ownProgram(preset, 'learn-main.js', options), (program) =>
        program.next(),
      );
      learning.push({ preset, epochs, target: TARGET, ...v.parse(learned, answer) });
      progress.add(seconds);
    }
    return { prediction, runs, learning };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function using<T>(program: Program, use: (program: Program) => Promise<T>): Promise<T> {
  try {
    return await use(program);
  } finally {
    program.end();
  }
}

/** Asks the trainer's service for predictions from another process, as the window does. */
async function measurePrediction(checkpointDir: string): Promise<Service['prediction']> {
  const { test, height, width } = await loadDataset('mnist', 0);
  // Written beforehand: the clock is for the trainer.
  const questions = Array.from({ length: ASKED }, (_, id) => {
    const image = test.images.subarray(id * height * width, (id + 1) * height * width);
    const pixels = Buffer.from(image).toString('base64');
    return JSON.stringify({
      type: 'ask',
      id,
      question: { type: 'predict', image: { height, width, channels: 1, pixels } },
    });
  });
  return using(ownProgram('the service', 'service-main.js', {}), async (program) => {
    const send = (command: TrainerCommand): void => {
      program.send(command);
    };
    const latency = async (): Promise<Latency> => {
      const times: number[] = [];
      for (const question of questions) {
        // At any place of a step.
        await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 60));
        const since = performance.now();
        program.sendLine(question);
        await event(program, 'answer');
        times.push(performance.now() - since);
      }
      return { median: median(times), p95: quantile(times, 0.95) };
    };
    send({ type: 'start', checkpointDir, config: seedRun() });
    const { precision } = v.parse(started, await event(program, 'started'));
    await event(program, 'step');
    const training = await latency();
    send({ type: 'stop' });
    await event(program, 'stopped');
    return { precision, asked: ASKED, training, idle: await latency() };
  });
}

/**
 * Waits for an event of this type.
 * @throws Error when training has failed
 */
async function event(program: Program, type: string): Promise<object> {
  for (;;) {
    const told = v.parse(v.looseObject({ type: v.string() }), await program.next());
    if (told.type === type) return told;
    if (told.type === 'failed') throw new Error(JSON.stringify(told));
  }
}

const measureRun = (folder: string, one: (typeof savers)[number]): Promise<RunService> =>
  using(ownProgram('a run', 'run-main.js', { folder, ...one }), async (program) => {
    v.parse(started, await program.next());
    const speeds: number[] = [];
    const savings: Saving[] = [];
    for (let k = 0; k < REPEATS; k++) {
      program.send({ evaluate: true });
      speeds.push(v.parse(evaluation, await program.next()).examplesPerSecond);
      program.send({ save: true });
      savings.push(v.parse(saving, await program.next()));
    }
    const middle = (key: keyof Saving): number => median(savings.map((one) => one[key]));
    return {
      ...one,
      evaluation: speeds,
      saving: {
        seconds: middle('seconds'),
        stall: middle('stall'),
        longest: middle('longest'),
        usual: middle('usual'),
        steps: middle('steps'),
        lost: middle('lost'),
      },
    };
  });
