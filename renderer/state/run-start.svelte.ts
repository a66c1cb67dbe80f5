import type { CheckpointFolder } from './checkpoint-folder.svelte.ts';
import { primaryAction, type PrimaryAction } from './primary-action.ts';
import type { RunForm } from './run-form.svelte.ts';
import type { TrainingStatus } from './training-status.svelte.ts';
import type { WeightEdits } from './weight-edits.svelte.ts';

/** What decides whether a run can start, and how. */
interface StartConditions {
  readonly form: RunForm;
  readonly training: TrainingStatus;
  readonly folder: CheckpointFolder;
  readonly weightEdits: WeightEdits;
  readonly network: { readonly problem: unknown };
  readonly runs: { readonly proofs: { readonly isProving: boolean } };
}

/** The status bar's first button: starts, pauses and resumes the run. */
export class RunStart {
  readonly #app: StartConditions;

  constructor(app: StartConditions) {
    this.#app = app;
  }

  get primary(): PrimaryAction {
    const { form, training, folder, weightEdits, runs } = this.#app;
    return primaryAction({
      phase: training.phase,
      pausing: training.pausing,
      checkpoint: folder.checkpoint,
      resumesAt: training.resumesAt,
      found: folder.found,
      invalid: this.invalid,
      epochs: form.epochs,
      edits: weightEdits.count,
      isProving: runs.proofs.isProving,
    });
  }

  startOrPause(): void {
    const { does } = this.primary;
    const { form, training, weightEdits } = this.#app;
    const { config } = form;
    if (does !== 'pause' && does !== null && weightEdits.count > 0) weightEdits.goOn(config);
    else if (does === 'start' && config !== null) training.start(config);
    else if (does === 'pause') training.pause();
    else if (does === 'resume') training.resume();
  }

  /** Labels of the fields that hold no allowed value, and the network where it cannot be. */
  get invalid(): string[] {
    const { form, network } = this.#app;
    const labels = Object.keys(form.problems).map((path) => form.fieldAt(path)?.label ?? path);
    return network.problem === null ? labels : [...labels, 'Network'];
  }
}
