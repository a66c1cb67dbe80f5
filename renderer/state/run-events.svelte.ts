import { firstBranch, type Branch } from '../../shared/branch.ts';
import { addBranchEvent, isFrequent } from '../../shared/branched-history.ts';
import type { Api } from '../api.ts';
import type { BranchEvent, History } from '../../shared/trainer-events.ts';
import { onBeat } from './beat.ts';

/** Beats. A small network saves dozens of times a second, and charts are drawn anew for each event that is shown. */
const FREQUENT_SHOWN_BEATS = 2;

/** What has happened to the run besides its steps and epochs, on the way that led to where it is. */
export class RunEvents {
  #branch = $state.raw<Branch>(firstBranch);
  #events: BranchEvent[] = [];
  #shown = $state.raw<readonly BranchEvent[]>([]);
  readonly #showSoon = onBeat(FREQUENT_SHOWN_BEATS, () => this.#show());

  constructor(api: Api) {
    api.on('history', (history) => this.take(history));
    api.on('happened', (event) => {
      addBranchEvent(this.#events, event);
      if (isFrequent(event.event.type)) this.#showSoon();
      else this.#show();
    });
  }

  /** The present branch, and where its ancestors were forked. */
  get branch(): Branch {
    return this.#branch;
  }
  /** In the order in which they happened, the ancestors' first. What recurs by itself is told up to a second later. */
  get events(): readonly BranchEvent[] {
    return this.#shown;
  }

  take({ branch, events }: History): void {
    this.#branch = branch;
    this.#events = [...events];
    this.#show();
  }

  #show(): void {
    this.#shown = [...this.#events];
  }
}
