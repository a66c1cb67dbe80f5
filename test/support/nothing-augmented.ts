import type { Augmentation } from '../../shared/augmentation.ts';

/** Switched on, and every kind of it off. */
export const nothingAugmented: Augmentation = {
  shift: 0,
  rotate: 0,
  scale: 0,
  shear: 0,
  elastic: null,
  flip: false,
  crop: 0,
  brightness: 0,
  contrast: 0,
  cutOut: 0,
};
