import * as v from 'valibot';
import { count } from '../schema-parts.ts';

/** What a report tells of the images that a network is wrong about. */

/** So many of the images with the highest losses are shown. */
export const MOST_SHOWN_MISTAKES = 24;

const shownMistake = v.strictObject({
  /** What it is and what it was taken for, by the classes' names. */
  truth: v.string(),
  read: v.string(),
  isRight: v.boolean(),
  /** How probable the network thought its answer and the truth, 0 to 1. */
  readShare: v.number(),
  truthShare: v.number(),
  /** In nats. */
  loss: v.number(),
  /** A picture, as a data URL. */
  picture: v.pipe(v.string(), v.regex(/^data:image\/png;base64,[\w+/=]+$/)),
});

export const foundMistakesSchema = v.strictObject({
  state: v.literal('found'),
  part: v.picklist(['validation', 'test']),
  /** Images that the network was asked about, and how many of them it read wrong. */
  images: count,
  wrong: count,
  /** The highest loss first. */
  worst: v.array(shownMistake),
  /** What must be known of the data, such as that they have changed since. */
  findings: v.array(v.string()),
});
export type FoundMistakes = v.InferOutput<typeof foundMistakesSchema>;

export const mistakesSchema = v.variant('state', [
  foundMistakesSchema,
  /** Why they are not known, without a path of this machine. */
  v.strictObject({ state: v.literal('unknown'), why: v.string() }),
]);
export type Mistakes = v.InferOutput<typeof mistakesSchema>;

/** The way to a file: a report is handed on. */
const FOLDERS = /(?:[A-Za-z]:)?[\\/](?:[^\s\\/'"“”]+[\\/])+/g;

/**
 * @param what why the images could not be looked at
 * @param dataset as the run's settings name it, which may be a path
 */
export const unknownMistakes = (what: string, dataset: string): Mistakes => ({
  state: 'unknown',
  why: (dataset === '' ? what : what.replaceAll(dataset, datasetName(dataset))).replaceAll(
    FOLDERS,
    '',
  ),
});

/** A dataset's own name: of a path to one the last part, for a report is handed on. */
export const datasetName = (dataset: string): string => {
  const parts = dataset.split(/[\\/]/).filter((part) => part !== '');
  return parts.at(-1) ?? dataset;
};
