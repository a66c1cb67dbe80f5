import type { RunConfig } from '../shared/config.ts';
import { isDatasetName } from '../shared/dataset-names.ts';
import { FailureError } from '../shared/ipc.ts';

/** Where a run reads images from. */
type Places = Pick<RunConfig['data'], 'dataset' | 'ownDrawings'>;

/**
 * The places from which data may be read: those that a person chose in the system's dialog, and those of the saved run. A page cannot name
 * others.
 */
export class DatasetPlaces {
  readonly #allowed = new Set<string>();
  readonly #ownDrawings: () => string | null;

  /**
   * @param remembered the places in the run that the form holds
   * @param ownDrawings where the person keeps drawings at present
   */
  constructor(remembered: Places, ownDrawings: () => string | null) {
    this.#ownDrawings = ownDrawings;
    this.allowRun(remembered);
  }

  /** Allows a place that was chosen in the system's dialog. */
  allow(place: string): void {
    this.#allowed.add(place);
  }
  /** Allows the places of a run that was saved. */
  allowRun({ dataset, ownDrawings }: Places): void {
    this.allow(dataset);
    if (ownDrawings) this.allow(ownDrawings.folder);
  }

  /** @throws FailureError if nobody chose this place */
  check(dataset: string): void {
    if (isDatasetName(dataset) || this.#allowed.has(dataset)) return;
    throw new FailureError({
      what: 'This place was not chosen as data.',
      where: dataset,
      remedy: 'Choose it with “Look at data…”.',
    });
  }
  /** @throws FailureError if nobody chose one of its places */
  checkRun({ dataset, ownDrawings }: Places): void {
    this.check(dataset);
    const folder = ownDrawings?.folder;
    if (folder === undefined || folder === this.#ownDrawings() || this.#allowed.has(folder)) return;
    throw new FailureError({
      what: 'This place was not chosen as the folder of your drawings.',
      where: folder,
      remedy:
        'In Set up, switch “Train with my own drawings too” off and on: it takes the folder that you keep drawings in now.',
    });
  }
}
