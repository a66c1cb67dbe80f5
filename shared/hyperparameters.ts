import * as v from 'valibot';
import { liveNumbers, precisions, runConfigSchema, type RunConfig } from './config.ts';
import { rangeOf, type RangedNumber } from './settings-schema.ts';
import { seedDropout, seedNetwork, seedRun } from './presets.ts';

/** What the form edits: the seed run's numbers that a person changes most. Messages are shown beside the field. */

const { data, training } = runConfigSchema.entries;

const shown = (value: number): string => value.toLocaleString('en');

/** What a run's schema takes, no more and no less. @param words what that is, as a person reads it beside a `value` that is not */
const field = (
  schema: RangedNumber,
  words: (least: number, most: number, value: unknown) => string,
) => {
  const { least, most } = rangeOf(schema);
  const message = ({ input }: { input: unknown }): string => words(least, most, input);
  return v.pipe(
    v.number(message),
    v.check((value) => v.is(schema, value), message),
  );
};
const wholeNumber = (schema: RangedNumber) =>
  field(schema, (least, most) => `Enter a whole number from ${shown(least)} to ${shown(most)}.`);
const dropRate = field(
  liveNumbers.dropRate,
  (least, most) => `Enter a number from ${shown(least)} to ${shown(most)}.`,
);

export const hyperparametersSchema = v.strictObject({
  epochs: wholeNumber(training.entries.epochs),
  batchSize: wholeNumber(data.entries.batchSize),
  learningRate: field(liveNumbers.learningRate, (least, most, value) =>
    typeof value === 'number' && value > 0 && value < least
      ? `The smallest is ${least.toPrecision(3)}: less is 0 to TensorFlow.`
      : `The rate must be greater than 0, and at most ${shown(most)}.`,
  ),
  /** Probability of dropping a unit after each convolution. */
  convolutionDropout: dropRate,
  /** Probability of dropping a unit of the dense layer. */
  denseDropout: dropRate,
  seed: wholeNumber(training.entries.seed),
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
