/** The parts that a dataset has, or is split into. */
export const partNames = ['train', 'validation', 'test'] as const;
export type PartName = (typeof partNames)[number];
