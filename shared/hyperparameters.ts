import * as v from 'valibot';
import { MAX_BATCH, MAX_EPOCHS, precisions, type RunConfig } from './config.ts';
import { SMALLEST } from './settings-schema.ts';
import { seedDropout, seedNetwork, seedRun } from './presets.ts';

/** What the form edits: the seed run's numbers that a person changes most. Messages are shown beside the field. */

const wholeNumber = (least: number, most: number) =>
  v.pipe(
    v.number('Enter a whole number.'),
    v.integer('Enter a whole number.'),
    v.minValue(least, `The smallest is ${least.toLocaleString('en')}.`),
    v.maxValue(most, `The largest is ${most.toLocaleString('en')}.`),
  );
const dropRate = v.pipe(
  v.number('Enter a number.'),
  v.finite('Enter a number.'),
  v.minValue(0, 'The smallest is 0: nothing is dropped.'),
  v.maxValue(0.95, 'The largest is 0.95: a layer needs some units left.'),
);

export const hyperparametersSchema = v.strictObject({
  epochs: wholeNumber(1, MAX_EPOCHS),
  batchSize: wholeNumber(1, Math.min(MAX_BATCH, 55_000)),
  learningRate: v.pipe(
    v.number('Enter a number.'),
    v.finite('Enter a number.'),
    v.minValue(SMALLEST, 'The rate must be greater than 0.'),
    v.maxValue(1, 'The largest is 1.'),
  ),
  /** Probability of dropping a unit after each convolution. */
  convolutionDropout: dropRate,
  /** Probability of dropping a unit of the dense layer. */
  denseDropout: dropRate,
  seed: wholeNumber(0, 2_147_483_647),
  precision: v.picklist(precisions),
});
export type Hyperparameters = v.InferOutput<typeof hyperparametersSchema>;

export function defaultHyperparameters(): Hyperparameters {
  const { optimizer, data, training } = seedRun();
  return {
    epochs: training.epochs,
    batchSize: data.batchSize,
    learningRate: optimizer.learningRate,
    convolutionDropout: seedDropout.convolution,
    denseDropout: seedDropout.dense,
    seed: training.seed,
    precision: training.precision,
  };
}

/** The first problem of each field, as a person reads it; empty where all is well. */
export function problemsOf(values: unknown): Partial<Record<keyof Hyperparameters, string>> {
  const parsed = v.safeParse(hyperparametersSchema, values);
  const problems: Partial<Record<keyof Hyperparameters, string>> = {};
  for (const issue of parsed.issues ?? []) {
    const field = issue.path?.[0]?.key as keyof Hyperparameters | undefined;
    if (field !== undefined) problems[field] ??= issue.message;
  }
  return problems;
}

/** The seed run with these numbers in it. */
export function runConfigOf(h: Hyperparameters): RunConfig {
  const run = seedRun();
  return {
    ...run,
    network: seedNetwork({ convolution: h.convolutionDropout, dense: h.denseDropout }),
    optimizer: { ...run.optimizer, learningRate: h.learningRate },
    data: { ...run.data, batchSize: h.batchSize },
    training: { ...run.training, epochs: h.epochs, seed: h.seed, precision: h.precision },
  };
}
