import type { RunConfig } from './config.ts';
import { formatCount } from './format.ts';

/** Settings that are each allowed, but not together. */
export interface Disagreement {
  /** Paths of these settings, the one to change first in front. */
  paths: readonly [string, ...string[]];
  what: string;
  remedy: string;
}

/** @param trainCount number of training examples; null before the data are read */
export const disagreements = (config: RunConfig, trainCount: number | null): Disagreement[] => [
  ...batchAboveData(config, trainCount),
  ...waitingForNoValidation(config),
];

function batchAboveData({ data }: RunConfig, trainCount: number | null): Disagreement[] {
  const { batchSize, validationSize } = data;
  if (trainCount === null || batchSize <= trainCount) return [];
  return [
    {
      paths: ['data.batchSize', ...(validationSize > 0 ? ['data.validationSize'] : [])],
      what: `The batch size is ${formatCount(batchSize)}, but there ${trainCount === 1 ? 'is only 1 example' : `are only ${formatCount(trainCount)} examples`} to train on.`,
      remedy: `Choose a batch size from 1 to ${formatCount(trainCount)}${validationSize > 0 ? ', or keep fewer for validation' : ''}.`,
    },
  ];
}

/** Settings that wait for a validation, by path. */
const waiting = [
  ['training.earlyStopping', ({ training }: RunConfig) => training.earlyStopping],
  ['training.goal.accuracy', ({ training }: RunConfig) => training.goal?.accuracy],
  ['training.goal.loss', ({ training }: RunConfig) => training.goal?.loss],
  ['optimizer.reduceOnPlateau', ({ optimizer }: RunConfig) => optimizer.reduceOnPlateau],
] as const;

function waitingForNoValidation(config: RunConfig): Disagreement[] {
  const paths = waiting.flatMap(([path, valueIn]) =>
    (valueIn(config) ?? null) === null ? [] : path,
  );
  if (config.data.validationSize > 0 || paths.length === 0) return [];
  const names = paths.join(' and ');
  return [
    {
      paths: ['data.validationSize', ...paths],
      what: `The validation size is 0, but ${names} ${paths.length > 1 ? 'wait' : 'waits'} for a validation.`,
      remedy: `Keep some examples for validation, or switch off ${names}.`,
    },
  ];
}
