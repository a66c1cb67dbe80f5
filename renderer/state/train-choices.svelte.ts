import { initialTrainChoices, type TrainChoices } from '../../shared/train-choices.ts';
import type { Api } from '../api.ts';
import type { Notices } from './notices.svelte.ts';

/** What a person has chosen in Train beside the curves; it is remembered over a reload and a restart. */
export class RememberedChoices {
  readonly #api: Api;
  readonly #notices: Notices;
  #choices = $state.raw<TrainChoices>(initialTrainChoices);

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
  }

  get choices(): TrainChoices {
    return this.#choices;
  }

  load(choices: TrainChoices): void {
    this.#choices = choices;
  }

  change(change: Partial<TrainChoices>): void {
    this.#choices = { ...this.#choices, ...change };
    void this.#notices.attempt('Settings', () => this.#api.call('saveTrainChoices', this.#choices));
  }
}
