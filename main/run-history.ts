import { firstBranch, type Branch } from '../shared/branch.ts';
import { BranchedHistory } from '../shared/branched-history.ts';
import type { EpochEvent, History, RunEvent, StepEvent } from '../shared/trainer-events.ts';

/** The curves and events of the run so far, so that a window that opens late or reloads knows what it knew. */
export class RunHistory {
  #gathered = new BranchedHistory();
  /** The one that is trained, or was last. */
  #branch: Branch = firstBranch;

  /** Takes over what a folder remembers. */
  load(history: History): void {
    this.#gathered = BranchedHistory.of(history);
    this.#branch = history.branch;
  }

  /** A run begins at `step` (0: afresh) of a branch: what lies behind it there is going to be done again. */
  begin(branch: Branch, step: number): void {
    this.#gathered.cutAfter(branch.number, step);
    this.#branch = branch;
  }

  add(event: StepEvent | EpochEvent | RunEvent): void {
    this.#gathered.add(this.#branch.number, event);
  }

  /** The number of the branch that is trained, or was last. */
  get branch(): number {
    return this.#branch.number;
  }

  snapshot(): History {
    return this.#gathered.historyOf(this.#branch);
  }
}
