import { addEpoch, addStep } from '../../shared/branched-history.ts';
import type { Api } from '../api.ts';
import { linesOf, type CurveLines } from '../chart/curve.ts';
import { throttled } from './throttle.ts';
import type { EpochEvent, History, StepEvent } from '../../shared/trainer-events.ts';
import type { Score } from '../../shared/score.ts';

/** Five redraws a second are seen as motion and leave the processor to the training. */
const REDRAW_EVERY = 200;

/** The curves of the run: the present branch's, and its ancestors' up to where it was forked. Views hear of them a few times a second. */
export class Curves {
  /** In the order of their steps; thinned as the main process does it, so that a reload changes nothing. */
  #steps: StepEvent[] = [];
  #epochs = $state.raw<readonly EpochEvent[]>([]);
  #loss = $state.raw(linesOf([], []));
  #accuracy = $state.raw(linesOf([], []));
  readonly #show = throttled(REDRAW_EVERY, () => {
    this.#loss = this.#linesOf('loss');
    this.#accuracy = this.#linesOf('accuracy');
  });

  constructor(api: Api) {
    api.on('history', (history) => this.take(history));
    api.on('steps', (steps) => {
      for (const step of steps) addStep(this.#steps, step);
      this.#show();
    });
    api.on('epoch', (epoch) => {
      const epochs = [...this.#epochs];
      addEpoch(epochs, epoch);
      this.#epochs = epochs;
      this.#show();
    });
  }

  get loss(): CurveLines {
    return this.#loss;
  }
  get accuracy(): CurveLines {
    return this.#accuracy;
  }
  get epochs(): readonly EpochEvent[] {
    return this.#epochs;
  }

  take({ steps, epochs }: History): void {
    this.#steps = [...steps];
    this.#epochs = epochs;
    this.#show();
  }

  #linesOf(quantity: keyof Score): CurveLines {
    const training = this.#steps.map((at) => ({ x: at.step, y: at[quantity], epoch: at.epoch }));
    const validation = this.#epochs.flatMap(({ step, epoch, validation: score }) =>
      score ? [{ x: step, y: score[quantity], epoch }] : [],
    );
    return linesOf(training, validation);
  }
}
