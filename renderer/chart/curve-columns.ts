import { sharePoint } from '../../shared/thin.ts';
import type { CurveQuantity } from '../../shared/curve-view.ts';
import type { StepEvent } from '../../shared/trainer-events.ts';

const LEAST_ROOM = 1_024;

const valueOf: Readonly<Record<CurveQuantity, (step: StepEvent) => number>> = {
  loss: ({ loss }) => loss,
  accuracy: ({ accuracy }) => accuracy,
  rate: ({ learningRate }) => learningRate,
};

/** What was measured at the steps of a run, a column each: an hour's run has no objects to be looked through at a redraw. */
export class CurveColumns {
  #length = 0;
  #steps = new Float64Array(LEAST_ROOM);
  #epochs = new Float64Array(LEAST_ROOM);
  #values: Record<CurveQuantity, Float64Array> = {
    loss: new Float64Array(LEAST_ROOM),
    accuracy: new Float64Array(LEAST_ROOM),
    rate: new Float64Array(LEAST_ROOM),
  };

  /** All anew. */
  take(steps: readonly StepEvent[]): void {
    this.#length = 0;
    for (const step of steps) this.add(step);
  }

  /** As the main process thins it (shared/thin.ts), so that a reload changes nothing. */
  add(event: StepEvent): void {
    const last = this.#steps[this.#length - 1];
    if (this.#length > 0 && last !== undefined && sharePoint(last, event.step)) this.#length -= 1;
    if (this.#length === this.#steps.length) this.#grow();
    this.#steps[this.#length] = event.step;
    this.#epochs[this.#length] = event.epoch;
    for (const [quantity, values] of Object.entries(this.#values) as [
      CurveQuantity,
      Float64Array,
    ][])
      values[this.#length] = valueOf[quantity](event);
    this.#length += 1;
  }

  get length(): number {
    return this.#length;
  }
  /** Of the points, in their order. */
  get steps(): Float64Array {
    return this.#steps.subarray(0, this.#length);
  }
  /** Of each point, counted from 1. */
  get epochs(): Float64Array {
    return this.#epochs.subarray(0, this.#length);
  }
  valuesOf(quantity: CurveQuantity): Float64Array {
    return this.#values[quantity].subarray(0, this.#length);
  }

  #grow(): void {
    this.#steps = withTwiceTheRoom(this.#steps);
    this.#epochs = withTwiceTheRoom(this.#epochs);
    const { loss, accuracy, rate } = this.#values;
    this.#values = {
      loss: withTwiceTheRoom(loss),
      accuracy: withTwiceTheRoom(accuracy),
      rate: withTwiceTheRoom(rate),
    };
  }
}

function withTwiceTheRoom(column: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * column.length);
  larger.set(column);
  return larger;
}
