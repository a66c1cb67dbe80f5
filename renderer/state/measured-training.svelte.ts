import type { RunConfig } from '../../shared/config.ts';
import type { EpochEvent, TrainerEventOf } from '../../shared/trainer-events.ts';
import type { Score } from '../../shared/score.ts';
import type { ExtraLine } from '../chart/extra-line.ts';
import { MEASURED_LABEL } from '../text/measured-words.ts';

/** Parts of the window's state that are needed here. */
interface MeasuredRun {
  readonly curves: { readonly epochs: readonly EpochEvent[] };
  readonly training: {
    readonly busy: boolean;
    readonly started: TrainerEventOf<'started'> | null;
  };
  readonly live: {
    readonly lock: string | null;
    readonly measuresTraining: boolean;
    measureTraining(isOn: boolean): void;
  };
  readonly form: {
    readonly draft: RunConfig;
    set(path: string, value: boolean): void;
  };
}

/**
 * Training measured as validation is, on demand: switched on, it is drawn, and measured at the end of each epoch from then on; of a run
 * that is under way by a live change, else by the setting for the next start.
 */
export class MeasuredTraining {
  readonly #run: MeasuredRun;
  readonly #lines = $derived.by(() => ({
    loss: this.#linesOf('loss'),
    accuracy: this.#linesOf('accuracy'),
  }));

  constructor(run: MeasuredRun) {
    this.#run = run;
  }

  get isOn(): boolean {
    const { training, live, form } = this.#run;
    return training.busy && training.started
      ? live.measuresTraining
      : form.draft.training.measureTraining;
  }
  /** Why it cannot be switched now; null: it can be. */
  get lock(): string | null {
    return this.#run.training.busy ? this.#run.live.lock : null;
  }
  /** What the run is, or is going to be, trained with. */
  get config(): RunConfig {
    const { training, form } = this.#run;
    return (training.busy ? training.started?.config : undefined) ?? form.draft;
  }
  /** The epoch that was measured last; null: none was. */
  get newest(): EpochEvent | null {
    return this.#run.curves.epochs.findLast(({ trainEvaluated }) => trainEvaluated) ?? null;
  }
  /** For the curves; none while it is off, or nothing was measured. */
  get lines(): { loss: readonly ExtraLine[]; accuracy: readonly ExtraLine[] } {
    return this.#lines;
  }

  turn(isOn: boolean): void {
    const { training, live, form } = this.#run;
    if (isOn === this.isOn || this.lock !== null) return;
    if (training.busy) live.measureTraining(isOn);
    else form.set('training.measureTraining', isOn);
  }

  #linesOf(quantity: keyof Score): readonly ExtraLine[] {
    if (!this.isOn) return [];
    const points = this.#run.curves.epochs.flatMap(({ step, epoch, trainEvaluated }) =>
      trainEvaluated ? [{ x: step, y: trainEvaluated[quantity], epoch }] : [],
    );
    if (points.length === 0) return [];
    return [{ id: 'measured', label: MEASURED_LABEL, colour: '--measured', dash: [6, 3], points }];
  }
}
