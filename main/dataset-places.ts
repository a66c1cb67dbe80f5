import { isDatasetName } from '../shared/dataset-names.ts';
import { FailureError } from '../shared/ipc.ts';

/**
 * The places from which data may be read: those that a person chose in the system's dialog, and that of the saved run. A page cannot name
 * others.
 */
export class DatasetPlaces {
  readonly #allowed: Set<string>;

  /** @param remembered the place in the run that the form holds */
  constructor(remembered: string) {
    this.#allowed = new Set([remembered]);
  }

  /** Allows a place that was chosen in the system's dialog. */
  allow(place: string): void {
    this.#allowed.add(place);
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
}
