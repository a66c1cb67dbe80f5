import { resolve } from 'node:path';
import { imagesOf } from '../../../../shared/appearance.ts';
import { isDatasetName } from '../../../../shared/dataset-names.ts';
import type { PartName } from '../../../../shared/dataset-parts.ts';
import { FailureError, type Failure } from '../../../../shared/ipc.ts';
import type { FolderPredictionRequest } from '../../../../shared/predictions.ts';
import type { CheckpointRecord } from '../../checkpoint/record.ts';
import { openDataset, type Dataset } from '../../data/dataset.ts';
import type { ReadingWatch } from '../../data/raw-dataset.ts';
import { decodePicture } from '../../tensorflow/picture-decoder.ts';
import { checkTakes, dataFindings, examinedSettings } from './examined-data.ts';
import { openDrawings } from './examined-drawings.ts';

/** Which images a checkpoint is asked about. */
export type AskedImages = Pick<
  FolderPredictionRequest & { type: 'predictions' },
  'dataset' | 'part' | 'ownDrawings'
>;

export interface Examined {
  data: Dataset;
  /** Which part of them. */
  part: PartName;
  place: string;
  /** What must be known of the answers. */
  findings: Failure[];
}

/** The images that a checkpoint's network is asked about; what was read last is kept, for they are asked for page by page. */
export class ExaminedSets {
  /** One dataset at a time, by the settings that it was read by. */
  #data: { by: string; dataset: Promise<Dataset> } | null = null;
  /** The person's own drawings, by whose images they are made like. */
  #drawings: { by: string; dataset: Dataset } | null = null;

  /**
   * @param isFresh own drawings are read anew, for there may be others
   * @throws FailureError naming what cannot be read, or why the network cannot be asked about it; the signal's reason where it is stopped
   */
  async examine(
    record: CheckpointRecord,
    { dataset: asked, part, ownDrawings }: AskedImages,
    watch: ReadingWatch,
    isFresh = false,
  ): Promise<Examined> {
    if (part === 'own') {
      if (ownDrawings === undefined) throw nowhereYet();
      const data = await this.#readDrawings(record, ownDrawings, watch, isFresh);
      return { data, part: 'test', place: resolve(ownDrawings), findings: data.findings };
    }
    const { dataset } = examinedSettings(record, asked);
    const place = isDatasetName(dataset) ? dataset : resolve(dataset);
    const data = await this.read(record, asked, watch);
    const images = imagesOf(record);
    checkTakes(images, data, place);
    return {
      data,
      part,
      place,
      findings: dataFindings(record, images, data, asked === null, place),
    };
  }

  /**
   * Pages that are asked for at the same time wait for one reading.
   * @param asked a set's name or place; null: the run's own data
   */
  async read(
    record: CheckpointRecord,
    asked: string | null,
    watch: ReadingWatch,
  ): Promise<Dataset> {
    const settings = examinedSettings(record, asked);
    const by = JSON.stringify({
      ...{ ...settings, batchSize: null, augmentation: null, ownDrawings: null },
    });
    if (this.#data?.by === by) {
      const shared = await this.#data.dataset.catch(() => null);
      watch.signal.throwIfAborted();
      // Whoever began to read them may have been stopped; what is wrong with them is told again.
      if (shared) return shared;
    }
    // Two are not held at once.
    this.#data = null;
    const dataset = openDataset(settings, { decode: decodePicture, watch });
    const data = { by, dataset };
    this.#data = data;
    try {
      return await dataset;
    } catch (error) {
      if (this.#data === data) this.#data = null;
      throw error;
    }
  }

  async #readDrawings(
    record: CheckpointRecord,
    folder: string,
    watch: ReadingWatch,
    isFresh: boolean,
  ): Promise<Dataset> {
    const by = JSON.stringify([folder, imagesOf(record), record.config.data.ownDrawings]);
    if (!isFresh && this.#drawings?.by === by) return this.#drawings.dataset;
    const dataset = await openDrawings(folder, record, { decode: decodePicture, watch });
    this.#drawings = { by, dataset };
    return dataset;
  }
}

const nowhereYet = (): FailureError =>
  new FailureError({
    what: 'No folder for your drawings was chosen yet.',
    where: 'Draw',
    remedy: 'Keep a drawing first, with what it really is: you are asked for a folder then.',
  });
