/** The parts that a dataset has, or is split into. */
export const partNames = ['train', 'validation', 'test'] as const;
export type PartName = (typeof partNames)[number];

/** What a checkpoint is examined on: a part of its run's data or of others, or the person's own drawings. */
export const examinedParts = [...partNames, 'own'] as const;
export type ExaminedPart = (typeof examinedParts)[number];
