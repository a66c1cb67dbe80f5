import type { DataSettings } from '../../main/trainer/data/data-settings.ts';
import { openDataset, type Dataset } from '../../main/trainer/data/dataset.ts';
import { unwatched } from '../../main/trainer/data/raw-dataset.ts';
import { decodePicture } from '../../main/trainer/tensorflow/picture-decoder.ts';
import { seedRun } from '../../shared/presets.ts';

/** A dataset by its name or place, read as nothing else says. */
export const loadDataset = (
  dataset: string,
  validationSize: number,
  settings: Partial<DataSettings> = {},
): Promise<Dataset> =>
  openDataset(
    { ...seedRun().data, dataset, validationSize, ...settings },
    { decode: decodePicture, watch: unwatched },
  );
