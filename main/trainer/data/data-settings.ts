import type { RunConfig } from '../../../shared/config.ts';
import type { DecodePicture } from './pictures/picture-form.ts';
import type { ReadingWatch } from './raw-dataset.ts';

/** All that says which data they are and how they are read. */
export type DataSettings = Omit<RunConfig['data'], 'batchSize' | 'augmentation'>;

/** What reading a dataset needs besides the settings. */
export interface ReadingTools {
  /** Picture files are decoded by it. */
  decode: DecodePicture;
  watch: ReadingWatch;
}
