import * as v from 'valibot';

/** The sections of Learn, in their order, and how far a person has come; it is remembered. */

export const learnSections = [
  'why-not-dense',
  'filters',
  'convolution-output',
  'parameter-sharing',
  'relu',
  'pooling',
  'dense-layers',
  'back-propagation',
] as const;
export type LearnSectionId = (typeof learnSections)[number];

const sectionSchema = v.picklist(learnSections);

export const learnProgressSchema = v.strictObject({
  /** The section that was open last. */
  open: sectionSchema,
  /** Those that the person has gone through, in any order. */
  done: v.pipe(v.array(sectionSchema), v.maxLength(learnSections.length)),
});
export type LearnProgress = v.InferOutput<typeof learnProgressSchema>;

export const initialLearnProgress: LearnProgress = { open: 'why-not-dense', done: [] };
