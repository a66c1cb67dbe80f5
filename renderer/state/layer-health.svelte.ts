import { addBranchEvent } from '../../shared/branched-history.ts';
import { layersHealth, type LayersHealth } from '../../shared/layer-health.ts';
import type { BranchEvent, DiagnosticsEvent, History } from '../../shared/trainer-events.ts';
import type { Api } from '../api.ts';
import { onBeat } from './beat.ts';

const isDiagnostics = (event: BranchEvent['event']): event is DiagnosticsEvent =>
  event.type === 'diagnostics';

/** What is measured of the layers while they train, thinned as the main process does it, so that a reload changes nothing. */
export class LayerHealth {
  /** The rate that was set; null: it is not known. */
  readonly #setRate: () => number | null;
  #events: BranchEvent[] = [];
  #readings = $state.raw<readonly DiagnosticsEvent[]>([]);
  /** Of the newest step; null: none was done. */
  #rate = $state<number | null>(null);
  readonly #health = $derived.by(() => {
    const [set, now] = [this.#setRate(), this.#rate];
    return layersHealth(this.#readings, set === null || now === null ? 0 : now / set);
  });
  readonly #show = onBeat(2, () => {
    this.#readings = this.#events.flatMap(({ event }) => (isDiagnostics(event) ? [event] : []));
  });

  constructor(api: Api, setRate: () => number | null) {
    this.#setRate = setRate;
    api.on('history', (history) => this.take(history));
    api.on('happened', (event) => {
      if (!isDiagnostics(event.event)) return;
      addBranchEvent(this.#events, event);
      this.#show();
    });
    api.on('steps', (steps) => {
      this.#rate = steps.at(-1)?.learningRate ?? this.#rate;
    });
  }

  take({ steps, events }: Pick<History, 'steps' | 'events'>): void {
    this.#events = events.filter(({ event }) => isDiagnostics(event));
    this.#rate = steps.at(-1)?.learningRate ?? null;
    this.#show();
  }

  /** In the order of their steps. */
  get readings(): readonly DiagnosticsEvent[] {
    return this.#readings;
  }
  /** What is to be said of them now; null: nothing was measured. */
  get health(): LayersHealth | null {
    return this.#health;
  }
}
