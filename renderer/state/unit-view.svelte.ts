import { untrack } from 'svelte';
import type { RunConfig } from '../../shared/config.ts';
import { walkLayers, type LayerShape } from '../../shared/network-shape.ts';
import type { AnswerTo } from '../../shared/questions.ts';
import { hasUnit, type UnitPlace } from '../../shared/unit-arithmetic.ts';
import type { InsideParts } from './insides.svelte.ts';
import { Repeated, throttled } from './throttle.ts';

/** A unit of the network. */
export interface ChosenUnit extends UnitPlace {
  layer: number;
}

/** What one unit reads and computes. */
export interface UnitInsight {
  unit: ChosenUnit;
  answer: AnswerTo<'unit'>;
}

const WHILE_POINTING = 60;
/** All weights are read for it: a second between two is a hundredth of the training. */
const WHILE_TRAINING = 1_000;

const isSame = (a: ChosenUnit | null, b: ChosenUnit | null): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** The unit that is pointed at, or else the one that was chosen last, and its arithmetic. */
export class UnitView {
  readonly #parts: InsideParts;
  #hovered = $state.raw<ChosenUnit | null>(null);
  #chosen = $state.raw<ChosenUnit | null>(null);
  #answered = $state.raw<(UnitInsight & { of: string }) | null>(null);
  readonly #network = $derived.by(() => JSON.stringify(this.#parts.training.network));
  /** What every layer makes of its input; empty while there is no network. */
  readonly shapes = $derived.by((): readonly LayerShape[] => {
    const network = JSON.parse(this.#network) as RunConfig['network'] | null;
    const { height, width, channels } = this.#parts.recognition.form;
    return network ? walkLayers(network.layers, [height, width, channels]).shapes : [];
  });
  readonly #shown = $derived.by(() => this.#present(this.#hovered) ?? this.#present(this.#chosen));
  readonly #isTraining = $derived.by(() => this.#parts.training.phase === 'training');
  #isAsking = false;
  readonly #ask = throttled(WHILE_POINTING, () => void this.#askOne());
  readonly #polling = new Repeated(WHILE_TRAINING, () => this.#askOne());

  constructor(parts: InsideParts) {
    this.#parts = parts;
  }

  /** Null: none is pointed at or chosen. */
  get shown(): ChosenUnit | null {
    return this.#shown;
  }
  /** Null: none is chosen, or it is one of another network. */
  get chosen(): ChosenUnit | null {
    return this.#present(this.#chosen);
  }
  /** Of the unit that is shown; null until it is answered. */
  get insight(): UnitInsight | null {
    const answered = this.#answered;
    return answered?.of === this.#network && isSame(answered.unit, this.#shown) ? answered : null;
  }

  /** @param unit null: the pointer has left */
  point(unit: ChosenUnit | null): void {
    if (!isSame(unit, this.#hovered)) this.#hovered = unit;
  }
  /** It is shown at once, wherever the pointer rests. */
  choose(unit: ChosenUnit | null): void {
    this.#chosen = unit;
    this.#hovered = null;
  }

  /**
   * Asks from now on, whenever the unit, the drawing or the network is another, and while the weights change.
   * @returns ends it
   */
  watch(): () => void {
    const end = $effect.root(() => {
      $effect(() => {
        const isAsked = this.#shown !== null && this.#parts.recognition.pixels !== null;
        const isTraining = this.#isTraining;
        untrack(() => {
          this.#polling.wanted = isTraining && isAsked;
          if (isAsked) this.#ask();
        });
      });
    });
    return () => {
      this.#ask.cancel();
      this.#polling.wanted = false;
      end();
    };
  }

  #present(unit: ChosenUnit | null): ChosenUnit | null {
    const output = unit && this.shapes[unit.layer]?.output;
    return output && hasUnit(output, unit) ? unit : null;
  }

  async #askOne(): Promise<void> {
    const { api, recognition, training, notices } = this.#parts;
    const { pixels, form } = recognition;
    const unit = this.#shown;
    const of = this.#network;
    if (unit === null || pixels === null || this.#isAsking) return;
    this.#isAsking = true;
    const { height, width, channels } = form;
    const image = { height, width, channels, pixels };
    const answer = await notices.attemptQuietly(
      'Unit',
      () => api.ask({ type: 'unit', image, ...unit }),
      () => training.phase === 'crashed' || of !== this.#network,
    );
    this.#isAsking = false;
    if (answer && answer.shape !== null) this.#answered = { unit, answer, of };
    // The pointer or the pen was faster.
    if (!isSame(unit, this.#shown) || pixels !== recognition.pixels) this.#ask();
  }
}
