import type { Component } from 'svelte';
import type { Place } from '../../shared/places.ts';
import type { AppState } from '../state/app-state.svelte.ts';

type Loaded = Promise<{ default: Component<{ app: AppState }> }>;

/** The code of each place is loaded when it is shown first, so that the window can be used before all of it is there. */
export const placeComponents: Readonly<Record<Place, () => Loaded>> = {
  train: () => import('./TrainPlace.svelte'),
  'set-up': () => import('./SetUpPlace.svelte'),
  draw: () => import('./DrawPlace.svelte'),
  mistakes: () => import('./MistakesPlace.svelte'),
  runs: () => import('./RunsPlace.svelte'),
  learn: () => import('./LearnPlace.svelte'),
};

/** Loads the others once the page has nothing else to do, so that nobody waits for them. */
export function loadPlacesWhenIdle(): void {
  requestIdleCallback(() => {
    for (const load of Object.values(placeComponents)) void load();
  });
}
