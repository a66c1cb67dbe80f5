import type { EpochEvent, History, StepEvent } from '../../shared/trainer-events.ts';
import type { Api } from '../api.ts';
import { Curve, type CurveLines, type CurvePoint } from '../chart/curve.ts';
import { throttled } from './throttle.ts';

/** Five redraws a second are seen as motion and leave the processor to the training. */
const REDRAW_EVERY = 200;

/** One quantity: its training curve by step, and its validation by epoch. */
class Measured {
  readonly training = new Curve();
  validation: CurvePoint[] = [];

  clear(): void {
    this.training.clear();
    this.validation = [];
  }

  lines(): CurveLines {
    const { raw, smooth } = this.training;
    return { raw, smooth, validation: this.validation };
  }
}

/** The curves of the run. Points are kept in bounded plain arrays; views hear of them a few times a second. */
export class Curves {
  readonly #measuredLoss = new Measured();
  readonly #measuredAccuracy = new Measured();
  #loss = $state.raw(this.#measuredLoss.lines());
  #accuracy = $state.raw(this.#measuredAccuracy.lines());
  #epochs = $state.raw<readonly EpochEvent[]>([]);
  readonly #show = throttled(REDRAW_EVERY, () => {
    this.#loss = this.#measuredLoss.lines();
    this.#accuracy = this.#measuredAccuracy.lines();
  });

  constructor(api: Api) {
    api.on('history', (history) => this.take(history));
    api.on('step', (step) => {
      this.#addStep(step);
      this.#show();
    });
    api.on('epoch', (epoch) => {
      this.#addEpoch(epoch);
      this.#epochs = [...this.#epochs, epoch];
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
    this.#measuredLoss.clear();
    this.#measuredAccuracy.clear();
    steps.forEach((step) => this.#addStep(step));
    epochs.forEach((epoch) => this.#addEpoch(epoch));
    this.#epochs = epochs;
    this.#show();
  }

  #addStep({ step, epoch, loss, accuracy }: StepEvent): void {
    this.#measuredLoss.training.add(step, loss, epoch);
    this.#measuredAccuracy.training.add(step, accuracy, epoch);
  }

  #addEpoch({ step, epoch, validation }: EpochEvent): void {
    if (validation === null) return;
    this.#measuredLoss.validation.push({ x: step, y: validation.loss, epoch });
    this.#measuredAccuracy.validation.push({ x: step, y: validation.accuracy, epoch });
  }
}
