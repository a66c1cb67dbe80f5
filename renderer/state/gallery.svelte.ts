import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { Predicted } from '../../shared/predictions.ts';
import type { Api } from '../api.ts';
import {
  chooseExamples,
  mistakesOnly,
  numbersOfMarked,
  type ExampleFilter,
  type ExampleOrder,
} from '../chart/example-choice.ts';
import { ImageStore, type ShownImage } from './image-store.ts';
import type { LabelMarks } from './label-marks.svelte.ts';
import type { Mistakes } from './mistakes.svelte.ts';
import { debounced } from './throttle.ts';

const noneMarked: ReadonlySet<number> = numbersOfMarked(new Uint8Array(), []);

/** The images of the part that is looked at: which of them are shown, in which order, and the one that is looked at closely. */
export class Gallery {
  readonly #api: Api;
  readonly #mistakes: Mistakes;
  readonly #marks: LabelMarks;
  #filter = $state.raw<ExampleFilter>(mistakesOnly);
  #order = $state<ExampleOrder>('loss');
  /** The number of the example that was chosen; null: the first of those shown. */
  #chosen = $state<number | null>(null);
  /** Null: nothing is known of any. `#version` tells that it has changed. */
  #images: ImageStore | null = null;
  #version = $state(0);
  #of: Predicted | null = null;
  #failure = $state.raw<Failure | null>(null);
  #isFetching = false;
  readonly #fetchSoon = debounced(20, () => void this.#fetch());

  constructor(api: Api, mistakes: Mistakes, marks: LabelMarks) {
    this.#api = api;
    this.#mistakes = mistakes;
    this.#marks = marks;
  }

  get filter(): ExampleFilter {
    return this.#filter;
  }
  get order(): ExampleOrder {
    return this.#order;
  }
  get failure(): Failure | null {
    return this.#failure;
  }
  readonly marked = $derived.by((): ReadonlySet<number> => {
    const { predicted } = this.#mistakes;
    return predicted ? numbersOfMarked(predicted.imageIds, this.#marks.ids) : noneMarked;
  });
  /** Those that the filter lets through, in their order. */
  readonly numbers = $derived.by(() => {
    const { predicted, changed } = this.#mistakes;
    if (!predicted) return new Uint32Array();
    const { change } = this.#filter;
    const filter =
      change !== null && changed === null ? { ...this.#filter, change: null } : this.#filter;
    // Marking one while all are looked at changes nothing of which are shown.
    const marked = filter.answers === 'marked' ? this.marked : noneMarked;
    return chooseExamples(predicted, filter, this.#order, changed, marked);
  });
  /** Where in `numbers` the one stands that is looked at closely; null: there is none. */
  readonly position = $derived.by(() => {
    if (this.numbers.length === 0) return null;
    const found = this.#chosen === null ? -1 : this.numbers.indexOf(this.#chosen);
    return Math.max(0, found);
  });
  /** Its number; null: there is none. */
  get selected(): number | null {
    return this.position === null ? null : (this.numbers[this.position] ?? null);
  }

  change(changes: Partial<ExampleFilter>): void {
    this.#filter = { ...this.#filter, ...changes };
    this.#chosen = null;
  }
  /** Of one cell of the matrix; the same again: of all. */
  openCell(of: number, takenFor: number): void {
    const isSame = this.#filter.of === of && this.#filter.takenFor === takenFor;
    if (isSame) this.closeCell();
    else this.change({ of, takenFor, answers: 'all', change: null });
  }
  closeCell(): void {
    this.change({ of: null, takenFor: null, answers: 'wrong' });
  }
  sort(order: ExampleOrder): void {
    this.#order = order;
    this.#chosen = null;
  }
  select(number: number): void {
    this.#chosen = number;
  }
  /** @param position in `numbers` */
  selectAt(position: number): void {
    const number = this.numbers[Math.max(0, Math.min(position, this.numbers.length - 1))];
    if (number !== undefined) this.#chosen = number;
  }

  /** Null: it is not there yet; `want` asks for it. */
  imageOf(number: number): ShownImage | null {
    return this.#version >= 0 ? (this.#images?.get(number) ?? null) : null;
  }
  /** Has images fetched that are not there; what was wanted before and has not been asked for is dropped. */
  want(numbers: Iterable<number>): void {
    const { predicted } = this.#mistakes;
    if (predicted !== this.#of) {
      this.#of = predicted;
      this.#images = predicted && new ImageStore(predicted);
      this.#failure = null;
      this.#version++;
    }
    this.#images?.want(numbers);
    if (this.#images?.isComplete === false) this.#fetchSoon();
  }

  async #fetch(): Promise<void> {
    const { predicted, checkpoint, dataset, part } = this.#mistakes;
    const images = this.#images;
    if (this.#isFetching || !images || !predicted || !checkpoint || predicted !== this.#of) return;
    const numbers = images.takeWanted();
    if (numbers.length === 0) return;
    this.#isFetching = true;
    const asked = { type: 'images', checkpoint: checkpoint.name, dataset, part, numbers } as const;
    try {
      const answer = await this.#api.askPredictions(asked);
      if (answer && images === this.#images) {
        images.put(numbers, answer.pixels);
        this.#version++;
      }
    } catch (error) {
      this.#failure = toFailure(error, predicted.place);
      images.want([]);
    }
    this.#isFetching = false;
    if (this.#images?.isComplete === false) void this.#fetch();
  }
}
