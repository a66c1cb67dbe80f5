import { milestoneBefore, type LossStep } from '../../shared/loss-trend.ts';
import { addThinned, thinBySteps } from '../../shared/thin.ts';
import type { Api } from '../api.ts';

/** The training loss of each recorded step of the run, for what judges it, sounds it and compares it. */
export class LossRecord {
  #steps: LossStep[] = [];
  #newestStep = $state(0);
  /** Another object whenever the run may be judged anew. */
  #milestone = $state.raw({ step: 0 });

  constructor(api: Api) {
    api.on('history', ({ steps }) => this.take(steps));
    api.on('steps', (steps) => {
      for (const { step, loss } of steps) addThinned(this.#steps, { step, loss }, stepOf);
      this.#tell();
    });
  }

  /** 0: there is none. */
  get newestStep(): number {
    return this.#newestStep;
  }
  /** Up to the last step at which the run is judged, in their order; views hear of them when it has come to the next such step. */
  get judged(): readonly LossStep[] {
    const { step: end } = this.#milestone;
    const last = this.#steps.findLastIndex(({ step }) => step <= end);
    return this.#steps.slice(0, last + 1);
  }
  /** All of them, as they are now. */
  get all(): readonly LossStep[] {
    return this.#steps;
  }

  take(steps: readonly LossStep[]): void {
    this.#steps = thinBySteps(
      steps.map(({ step, loss }) => ({ step, loss })),
      stepOf,
    );
    this.#milestone = { step: 0 };
    this.#tell();
  }

  #tell(): void {
    const newest = this.#steps.at(-1)?.step ?? 0;
    this.#newestStep = newest;
    const step = milestoneBefore(newest);
    if (step !== this.#milestone.step) this.#milestone = { step };
  }
}

const stepOf = ({ step }: LossStep): number => step;
