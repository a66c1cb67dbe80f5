import { isDatasetName } from '../shared/dataset-names.ts';
import { FailureError } from '../shared/ipc.ts';

/** Where data may be read: what a person chose with the system's dialog, now or for the run that is remembered; a page cannot name others. */
export class DatasetPlaces {
  readonly #allowed: Set<string>;

  /** @param remembered of the run that the form holds */
  constructor(remembered: string) {
    this.#allowed = new Set([remembered]);
  }

  /** It was chosen with the system's dialog. */
  allow(place: string): void {
    this.#allowed.add(place);
  }

  /** @throws FailureError where nobody chose it */
  check(dataset: string): void {
    if (isDatasetName(dataset) || this.#allowed.has(dataset)) return;
    throw new FailureError({
      what: 'This place was not chosen as data.',
      where: dataset,
      remedy: 'Choose it with “Look at data…”.',
    });
  }
}
