import { classMetricsOf } from '../../shared/class-metrics.ts';
import type { EpochEvent, TrainerEventOf } from '../../shared/trainer-events.ts';
import { mixesOf, type ClassRow, type Mix } from '../chart/confusion.ts';
import { evaluationsOf, type Evaluation } from '../chart/evaluations.ts';

/** Where an evaluation comes from; parts of the window's state. */
interface EvaluatedRun {
  curves: { readonly epochs: readonly EpochEvent[] };
  training: { readonly finished: TrainerEventOf<'finished'> | null };
}

/** The run's evaluations, and the one that a person looks at: the newest, until another is chosen. */
export class Evaluations {
  readonly #run: EvaluatedRun;
  #chosenId = $state<string | null>(null);
  readonly #all = $derived.by(() =>
    evaluationsOf(this.#run.curves.epochs, this.#run.training.finished),
  );
  readonly #shown = $derived(this.#all.find(({ id }) => id === this.#chosenId) ?? this.#all[0]);
  readonly #rows = $derived.by(() =>
    this.#shown
      ? (classMetricsOf(this.#shown.score)?.map((of, label) => ({ ...of, label })) ?? null)
      : null,
  );
  readonly #mixes = $derived.by(() => {
    const confusion = this.#shown?.score.confusion;
    return confusion && mixesOf(confusion);
  });

  constructor(run: EvaluatedRun) {
    this.#run = run;
  }

  /** The test, where there was one, then the epochs' validations, the newest first. */
  get all(): readonly Evaluation[] {
    return this.#all;
  }
  /** Null: nothing was evaluated. */
  get shown(): Evaluation | null {
    return this.#shown ?? null;
  }
  /** By class; null where the shown evaluation does not tell. */
  get rows(): readonly ClassRow[] | null {
    return this.#rows;
  }
  /** What was taken for what, the most frequent first; undefined where the shown evaluation does not tell. */
  get mixes(): readonly Mix[] | undefined {
    return this.#mixes;
  }
  /** How many examples were evaluated; null where the shown evaluation does not tell. */
  get examples(): number | null {
    return this.#rows && this.#rows.reduce((sum, { examples }) => sum + examples, 0);
  }
  get epochsDone(): number {
    return this.#run.curves.epochs.length;
  }

  choose(id: string): void {
    // Whoever looks at the newest wants to see the next one too.
    this.#chosenId = id === this.#all[0]?.id ? null : id;
  }
}
