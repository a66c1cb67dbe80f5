import { addEpoch } from '../../shared/branched-history.ts';
import type { CurveQuantity, SmoothingMemory } from '../../shared/curve-view.ts';
import type { Api } from '../api.ts';
import { CurveColumns } from '../chart/curve-columns.ts';
import type { CurveData } from '../chart/curve.ts';
import { smoothBySteps } from '../chart/smooth.ts';
import { throttled } from './throttle.ts';
import type { EpochEvent, History } from '../../shared/trainer-events.ts';

/** Five redraws a second are seen as motion and leave the processor to the training. */
const REDRAW_EVERY = 200;

/** The curves of the run: the present branch's, and its ancestors' up to where it was forked. Views hear of them a few times a second. */
export class Curves {
  readonly #columns = new CurveColumns();
  /** Of what views have heard of; another object whenever there is more. */
  #seen = $state.raw({ points: 0 });
  #epochs = $state.raw<readonly EpochEvent[]>([]);
  readonly #show = throttled(REDRAW_EVERY, () => {
    this.#seen = { points: this.#columns.length };
  });

  constructor(api: Api) {
    api.on('history', (history) => this.take(history));
    api.on('steps', (steps) => {
      for (const step of steps) this.#columns.add(step);
      this.#show();
    });
    api.on('epoch', (epoch) => {
      const epochs = [...this.#epochs];
      addEpoch(epochs, epoch);
      this.#epochs = epochs;
      this.#show();
    });
  }

  get epochs(): readonly EpochEvent[] {
    return this.#epochs;
  }

  /** The newest step; 0: there is none. */
  get newest(): number {
    const { points } = this.#seen;
    return Math.max(this.#columns.steps[points - 1] ?? 0, this.#epochs.at(-1)?.step ?? 0);
  }

  /** All that was measured of a quantity, with a smoothed line through it. */
  dataOf(quantity: CurveQuantity, memory: SmoothingMemory): CurveData {
    // What has come since is told a little later.
    const { points } = this.#seen;
    const steps = this.#columns.steps.subarray(0, points);
    const epochs = this.#columns.epochs.subarray(0, points);
    const values = this.#columns.valuesOf(quantity).subarray(0, points);
    // A rate is what it is.
    const smoothed = quantity === 'rate' ? values : smoothBySteps(steps, values, memory);
    return { steps, epochs, values, smoothed, validation: this.#validationOf(quantity) };
  }

  take({ steps, epochs }: History): void {
    this.#columns.take(steps);
    this.#epochs = epochs;
    this.#show();
  }

  #validationOf(quantity: CurveQuantity): CurveData['validation'] {
    if (quantity === 'rate') return [];
    return this.#epochs.flatMap(({ step, epoch, validation }) =>
      validation ? [{ x: step, y: validation[quantity], epoch }] : [],
    );
  }
}
