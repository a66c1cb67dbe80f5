import { CheckpointChoice } from './checkpoint-choice.svelte.ts';
import { Proofs } from './proofs.svelte.ts';
import { QueuedRuns } from './queued-runs.svelte.ts';
import { ReportSaving } from './report-saving.svelte.ts';
import { SavedCheckpoints } from './saved-checkpoints.svelte.ts';
import type { SavingContext } from './saving-context.ts';
import { UsedRuns } from './used-runs.svelte.ts';

/** What the place Runs is of: the folders used, the queue, the present folder's checkpoints, proofs and reports. */
export class RunsState {
  readonly used: UsedRuns;
  readonly queue: QueuedRuns;
  readonly saved: SavedCheckpoints;
  readonly choice: CheckpointChoice;
  readonly proofs: Proofs;
  readonly reports: ReportSaving;

  constructor({ api, notices, toasts }: SavingContext) {
    this.used = new UsedRuns(api, notices);
    this.queue = new QueuedRuns(api, notices, toasts);
    this.saved = new SavedCheckpoints(api);
    this.choice = new CheckpointChoice(api);
    this.proofs = new Proofs(api, notices);
    this.reports = new ReportSaving(api, notices, toasts);
  }
}
