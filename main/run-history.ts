import { firstBranch, type Branch } from '../shared/branch.ts';
import { BranchedHistory } from '../shared/branched-history.ts';
import type { EpochEvent, History, RunEvent, StepEvent } from '../shared/trainer-events.ts';

/** The curves and events of the run so far, for a window that opens late or reloads. */
export class RunHistory {
  #gathered = new BranchedHistory();
  /** The branch that is trained, or was trained last. */
  #branch: Branch = firstBranch;

  /** Takes over the history of a folder. */
  load(history: History): void {
    this.#gathered = BranchedHistory.of(history);
    this.#branch = history.branch;
  }

  /** Begins a run at `step` of a branch (0 for a fresh run): later steps of that branch will be done again. */
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
