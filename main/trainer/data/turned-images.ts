import { partNames } from '../../../shared/dataset-parts.ts';
import type { RawDataset } from './raw-dataset.ts';
import { applyReading, type Reading } from './reading.ts';

/** Applies the reading to a dataset's images, in place. */
export function turnImages(raw: RawDataset, reading: Reading): RawDataset {
  let { height, width } = raw;
  for (const name of partNames) {
    const part = raw[name];
    if (part)
      ({ height, width } = applyReading(part.images, { ...raw, count: part.count }, reading));
  }
  return { ...raw, height, width };
}
