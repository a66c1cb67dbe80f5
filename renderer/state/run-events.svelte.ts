import { firstBranch, type Branch } from '../../shared/branch.ts';
import { addBranchEvent } from '../../shared/branched-history.ts';
import type { Api } from '../api.ts';
import type { BranchEvent, History } from '../../shared/trainer-events.ts';

/** What has happened to the run besides its steps and epochs, on the way that led to where it is. */
export class RunEvents {
  #branch = $state.raw<Branch>(firstBranch);
  #events = $state.raw<readonly BranchEvent[]>([]);

  constructor(api: Api) {
    api.on('history', (history) => this.take(history));
    api.on('happened', (event) => {
      const events = [...this.#events];
      addBranchEvent(events, event);
      this.#events = events;
    });
  }

  /** The present branch, and where its ancestors were forked. */
  get branch(): Branch {
    return this.#branch;
  }
  /** In the order in which they happened, the ancestors' first. */
  get events(): readonly BranchEvent[] {
    return this.#events;
  }

  take({ branch, events }: History): void {
    this.#branch = branch;
    this.#events = events;
  }
}
