import { addEpoch } from '../../shared/branched-history.ts';
import type { CurveQuantity, SmoothingMemory } from '../../shared/curve-view.ts';
import type { Api } from '../api.ts';
import { CurveColumns } from '../chart/curve-columns.ts';
import type { CurveData } from '../chart/curve.ts';
import { smoothBySteps } from '../chart/smooth.ts';
import { onBeat } from './beat.ts';
import type { EpochEvent, History } from '../../shared/trainer-events.ts';

/** Beats of a run so long that its newest steps move nothing by a pixel: what is left to be seen are numbers that change. */
const LONG_REDRAW_BEATS = 2;
/** Steps from which a run is so long: some thirty for each pixel of a wide chart. */
const LONG_RUN = 20_000;

/** The curves of the run: the present branch's, and its ancestors' up to where it was forked. Views hear of them a few times a second. */
export class Curves {
  readonly #columns = new CurveColumns();
  readonly #epochs: EpochEvent[] = [];
  /** What views have heard of; another object whenever there is more. */
  #seen = $state.raw<{ points: number; epochs: readonly EpochEvent[] }>({ points: 0, epochs: [] });
  /** Whether there are epochs that views have not heard of. */
  #hasNewEpochs = false;
  readonly #showSoon = onBeat(
    () => this.#redrawBeats(),
    () => this.#show(),
  );

  /** The same array until there is another epoch, so that what is made of epochs is not made anew with each step. */
  readonly #epochsSeen = $derived.by(() => this.#seen.epochs);

  constructor(api: Api) {
    api.on('history', (history) => this.take(history));
    api.on('steps', (steps) => {
      for (const step of steps) this.#columns.add(step);
      this.#showSoon();
    });
    api.on('epoch', (epoch) => {
      // A small network on few images has dozens of epochs a second.
      addEpoch(this.#epochs, epoch);
      this.#hasNewEpochs = true;
      this.#showSoon();
    });
  }

  get epochs(): readonly EpochEvent[] {
    return this.#epochsSeen;
  }

  /** The newest step; 0: there is none. */
  get newest(): number {
    const { points, epochs } = this.#seen;
    return Math.max(this.#columns.steps[points - 1] ?? 0, epochs.at(-1)?.step ?? 0);
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

  /** Another run is seen at once, however long it is. */
  take({ steps, epochs }: History): void {
    this.#columns.take(steps);
    this.#epochs.splice(0, this.#epochs.length, ...epochs);
    this.#hasNewEpochs = true;
    this.#show();
  }

  #show(): void {
    const epochs = this.#hasNewEpochs ? [...this.#epochs] : this.#seen.epochs;
    this.#hasNewEpochs = false;
    this.#seen = { points: this.#columns.length, epochs };
  }

  #redrawBeats(): number {
    const newest = this.#columns.steps[this.#columns.length - 1] ?? 0;
    return newest < LONG_RUN ? 1 : LONG_REDRAW_BEATS;
  }

  #validationOf(quantity: CurveQuantity): CurveData['validation'] {
    if (quantity === 'rate') return [];
    return this.#epochsSeen.flatMap(({ step, epoch, validation }) =>
      validation ? [{ x: step, y: validation[quantity], epoch }] : [],
    );
  }
}
