import * as v from 'valibot';
import { count } from './schema-parts.ts';

/** What a person has chosen in Train beside the curves; it is remembered. */

/** So many runs can be laid over the curves: as many as there are colours that are told apart. */
export const MOST_COMPARED = 8;

const path = v.pipe(v.string(), v.maxLength(4_096));

/** A branch of a run in a folder. */
const runLineSchema = v.strictObject({ folder: path, branch: v.pipe(count, v.minValue(1)) });
export type RunLine = v.InferOutput<typeof runLineSchema>;

const comparedLineSchema = v.strictObject({
  ...runLineSchema.entries,
  /** Which of the eight colours, from 1. */
  colour: v.pipe(count, v.minValue(1), v.maxValue(MOST_COMPARED)),
});
export type ComparedLine = v.InferOutput<typeof comparedLineSchema>;

export const trainChoicesSchema = v.strictObject({
  /** A short tone tells that the verdict on the run has changed at the end of an epoch. */
  verdictTones: v.boolean(),
  /** Runs that are laid over the curves, in the order in which they were chosen. */
  compared: v.pipe(v.array(comparedLineSchema), v.maxLength(MOST_COMPARED)),
  /** The one of them that the run is measured against; null: none is. */
  reference: v.nullable(runLineSchema),
});
export type TrainChoices = v.InferOutput<typeof trainChoicesSchema>;

export const initialTrainChoices: TrainChoices = {
  verdictTones: false,
  compared: [],
  reference: null,
};

export const isSameLine = (a: RunLine, b: RunLine): boolean =>
  a.folder === b.folder && a.branch === b.branch;
