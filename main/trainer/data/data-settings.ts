import type { RunConfig } from '../../../shared/config.ts';
import type { DecodePicture } from './pictures/picture-form.ts';
import type { ReadingWatch } from './raw-dataset.ts';

/** The settings that say which data they are and how they are read. What a run learns from besides them is training-data.ts's. */
export type DataSettings = Omit<RunConfig['data'], 'batchSize' | 'augmentation' | 'ownDrawings'>;

/** What reading a dataset needs besides the settings. */
export interface ReadingTools {
  /** Decodes picture files. */
  decode: DecodePicture;
  watch: ReadingWatch;
}
