import type { Api } from '../api.ts';
import { ExcitingImages } from './exciting-images.svelte.ts';
import type { Insights } from './insights.svelte.ts';
import { NearestChange } from './nearest-change.svelte.ts';
import type { Notices } from './notices.svelte.ts';
import { Occlusion } from './occlusion.svelte.ts';
import type { Recognition } from './recognition.svelte.ts';
import type { TrainingStatus } from './training-status.svelte.ts';
import { UnitView } from './unit-view.svelte.ts';

/** Parts of the window's state that are asked of a network's insides. */
export interface InsideParts {
  readonly api: Api;
  readonly notices: Notices;
  readonly recognition: Recognition;
  readonly training: TrainingStatus;
  readonly insights: Insights;
  readonly folder: { readonly checkpointName: string | null };
}

/** What a person looks at more closely: a unit, what excites its channel, what a patch takes away, and what would make it another class. */
export class Insides {
  readonly unit: UnitView;
  readonly exciting: ExcitingImages;
  readonly occlusion: Occlusion;
  readonly nearest: NearestChange;
  #showsAll = $state(false);

  constructor(parts: InsideParts) {
    this.unit = new UnitView(parts);
    this.exciting = new ExcitingImages(parts);
    this.occlusion = new Occlusion(parts);
    this.nearest = new NearestChange(parts);
  }

  /** Whether all channels of each layer are shown, or the first ones. */
  get showsAll(): boolean {
    return this.#showsAll;
  }
  set showsAll(all: boolean) {
    this.#showsAll = all;
  }

  /** @returns ends it */
  watch(): () => void {
    const ends = [this.unit.watch(), this.occlusion.watch()];
    return () => {
      for (const end of ends) end();
      this.nearest.stop();
    };
  }
}
