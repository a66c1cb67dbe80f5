import type { DrawnForm } from '../../shared/drawn-image.ts';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { AnswerTo } from '../../shared/questions.ts';
import type { InsideParts } from './insides.svelte.ts';

/** The nearest picture of another class, as far as it was found. */
export interface Nearest {
  class: number;
  found: boolean;
  /** Steps that were taken. */
  steps: number;
  /** Of the class, for the changed picture. */
  probability: number;
  /** What the changed picture is taken for. */
  winner: number;
  original: Uint8Array;
  /** 0 to 255. */
  changed: Float32Array;
  form: DrawnForm;
  /** The training step of the weights that answered last. */
  step: number;
}

export const MOST_STEPS = 60;
/** Of one question: some 50 ms of the trainer's time. */
const STEPS_AT_ONCE = 5;

/** What would make the picture another class: looked for when asked, some steps at a time. */
export class NearestChange {
  readonly #parts: InsideParts;
  #chosen = $state<number | null>(null);
  #nearest = $state.raw<Nearest | null>(null);
  #failure = $state.raw<Failure | null>(null);
  #isLooking = $state(false);
  #turn = 0;

  constructor(parts: InsideParts) {
    this.#parts = parts;
  }

  /** The class that is wished for: as chosen, or the second most probable one; null: nothing is read. */
  get wished(): number | null {
    const { probabilities } = this.#parts.recognition;
    if (this.#chosen !== null && this.#chosen < probabilities.length) return this.#chosen;
    const [, second] = [...probabilities.keys()].sort(
      (a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0),
    );
    return second ?? null;
  }
  set wished(label: number | null) {
    this.#chosen = label;
    this.stop();
  }
  /** Of the picture and the class that are there now; null: it was not looked for. */
  get nearest(): Nearest | null {
    const it = this.#nearest;
    const { pixels } = this.#parts.recognition;
    return it?.class === this.wished && it.original === pixels ? it : null;
  }
  get failure(): Failure | null {
    return this.#failure;
  }
  get isLooking(): boolean {
    return this.#isLooking;
  }

  /** What was found so far stays. */
  stop(): void {
    this.#turn++;
    this.#isLooking = false;
  }

  async look(): Promise<void> {
    const { pixels, form } = this.#parts.recognition;
    const label = this.wished;
    if (pixels === null || label === null) return;
    this.stop();
    // The second most probable class may be another one while a run trains.
    this.#chosen = label;
    const turn = this.#turn;
    this.#isLooking = true;
    this.#failure = null;
    try {
      await this.#takeSteps(pixels, form, label, () => turn === this.#turn);
    } catch (error) {
      if (turn === this.#turn) this.#failure = toFailure(error, 'nearest change');
    } finally {
      if (turn === this.#turn) this.#isLooking = false;
    }
  }

  async #takeSteps(
    original: Uint8Array,
    form: DrawnForm,
    label: number,
    isWanted: () => boolean,
  ): Promise<void> {
    const { height, width, channels } = form;
    const image = { height, width, channels, pixels: original };
    let changed: Float32Array | null = null;
    for (let steps = 0; steps < MOST_STEPS;) {
      const answer: AnswerTo<'change-towards'> = await this.#parts.api.ask({
        ...{ type: 'change-towards', image, class: label, changed, steps: STEPS_AT_ONCE },
      });
      if (!isWanted() || answer.winner === null) return;
      steps += STEPS_AT_ONCE;
      const { found, probability, winner, step } = answer;
      this.#nearest = {
        changed: answer.values,
        ...{ class: label, found, steps, probability, winner, original, form, step },
      };
      if (found) return;
      changed = answer.values;
    }
  }
}
