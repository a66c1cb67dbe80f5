import type { RunConfig } from '../../shared/config.ts';
import type { MeasuredCost } from '../../shared/cost-protocol.ts';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { ImageShape } from '../../shared/network-shape.ts';
import { runCost, speedKey, type PartCounts, type RunCost } from '../../shared/run-cost.ts';
import type { Api } from '../api.ts';

/** A run whose cost is asked about. */
export interface PricedRun {
  config: RunConfig;
  /** What its data's images are; null: that is not known before they are read. */
  image: ImageShape | null;
  /** How many there are; null: likewise. */
  counts: PartCounts | null;
}

/** Of so many set-ups the measurement is kept, so that what is undone need not be measured again. */
const MOST_KEPT = 20;

/**
 * What the form's run costs on this machine. Steps and bytes follow from the set-up alone and are told at once; time and memory once
 * its speed was measured, which holds for every set-up that changes nothing of a step.
 */
export class CostEstimate {
  readonly #api: Api;
  readonly #run: () => PricedRun;
  /** Each with its `speedKey`, the newest last. */
  #measurements = $state.raw<readonly { key: string; measured: MeasuredCost }[]>([]);
  #isMeasuring = $state(false);
  #failure = $state.raw<{ key: string; failure: Failure } | null>(null);

  /** @param run what is asked about, as it is now */
  constructor(api: Api, run: () => PricedRun) {
    this.#api = api;
    this.#run = run;
  }

  get cost(): RunCost {
    const { config, image, counts } = this.#run();
    return runCost(config, counts, image, this.measured);
  }
  /** Of this set-up; null: its steps were not measured. */
  get measured(): MeasuredCost | null {
    const key = this.#key;
    return this.#measurements.find((each) => each.key === key)?.measured ?? null;
  }
  /** Another set-up was measured, but not this one. */
  get isOutdated(): boolean {
    return this.measured === null && this.#measurements.length > 0;
  }
  get isMeasuring(): boolean {
    return this.#isMeasuring;
  }
  /** The images must be known. */
  get canMeasure(): boolean {
    return this.#key !== null;
  }
  /** Why this set-up could not be measured. */
  get failure(): Failure | null {
    return this.#failure?.key === this.#key ? this.#failure.failure : null;
  }
  get #key(): string | null {
    const { config, image } = this.#run();
    return image && speedKey(config, image);
  }

  /** Measures the set-up as it is now; does nothing while one is measured, or where its images are not known. */
  async measure(): Promise<void> {
    const { config, image } = this.#run();
    if (this.#isMeasuring || !image) return;
    const key = speedKey(config, image);
    this.#isMeasuring = true;
    this.#failure = null;
    try {
      const measured = await this.#api.call('measureCost', { config, image });
      if (measured) this.#keep(key, measured);
    } catch (error) {
      this.#failure = { key, failure: toFailure(error, 'the set-up') };
    }
    this.#isMeasuring = false;
  }

  /** Ends it after the step that is under way. */
  stop(): void {
    // Nobody waits for an answer: a window that cannot be heard is told of elsewhere.
    if (this.#isMeasuring) this.#api.call('stopMeasuringCost').catch(() => undefined);
  }

  /** The machine computes otherwise from now on. */
  forget(): void {
    this.#measurements = [];
  }

  #keep(key: string, measured: MeasuredCost): void {
    const others = this.#measurements.filter((each) => each.key !== key);
    this.#measurements = [...others.slice(1 - MOST_KEPT), { key, measured }];
  }
}
