import type { EpochEvent, TrainerEventOf } from '../../shared/trainer-events.ts';
import { evaluationsOf, type Evaluation } from '../chart/evaluations.ts';

/** Where an evaluation comes from; parts of the window's state. */
interface EvaluatedRun {
  curves: { readonly epochs: readonly EpochEvent[] };
  training: { readonly finished: TrainerEventOf<'finished'> | null };
}

/** What the run has evaluated by itself. */
export class Evaluations {
  readonly #run: EvaluatedRun;
  readonly #all = $derived.by(() =>
    evaluationsOf(this.#run.curves.epochs, this.#run.training.finished),
  );

  constructor(run: EvaluatedRun) {
    this.#run = run;
  }

  /** The test, where there was one, then the epochs' validations, the newest first. */
  get all(): readonly Evaluation[] {
    return this.#all;
  }
  get epochsDone(): number {
    return this.#run.curves.epochs.length;
  }
}
