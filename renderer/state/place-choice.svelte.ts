import type { Place } from '../../shared/places.ts';
import type { Api } from '../api.ts';
import type { Notices } from './notices.svelte.ts';

/** In which of its places the window is; it comes back there after a reload or a restart. */
export class PlaceChoice {
  readonly #api: Api;
  readonly #notices: Notices;
  #place = $state<Place>('train');

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
  }

  get place(): Place {
    return this.#place;
  }

  load(place: Place): void {
    this.#place = place;
  }
  goTo(place: Place): void {
    if (place === this.#place) return;
    this.#place = place;
    void this.#notices.attempt('Save settings', () => this.#api.call('savePlace', place));
  }
}
