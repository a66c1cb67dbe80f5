import type { Branch } from '../../shared/branch.ts';
import type { FilmAnswer, FilmFrame } from '../../shared/film.ts';
import { FailureError } from '../../shared/ipc.ts';
import type { History } from '../../shared/trainer-events.ts';
import type { Api } from '../api.ts';
import { nearestFrame } from '../chart/film.ts';
import {
  changeSince,
  kernelsOf,
  limitOf,
  type FilterMeasure,
  type Kernel,
} from '../chart/filters.ts';
import type { FirstLayerFilters, Weights } from './first-layer-filters.svelte.ts';
import type { Notices } from './notices.svelte.ts';
import { throttled } from './throttle.ts';

const WHILE_TRAINING = 2_000;
const noFilm: Pick<FilmAnswer, 'shape' | 'tried'> = { shape: null, tried: 0 };
const maximum = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0);

/** The first layer's filters through training: the frames that were kept on the way to the present step, and the network as it is now. */
export class FilterFilm {
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #firstLayer: FirstLayerFilters;
  #branch: Branch | null = null;
  /** Another folder was opened, or a run has begun: all is asked for anew. */
  #isStale = true;
  #turn = 0;
  #about = $state.raw(noFilm);
  #kept = $state.raw<readonly FilmFrame[]>([]);
  /** Step of the frame that a person has chosen; null: the newest is followed. */
  #chosen = $state<number | null>(null);
  /** Where the slider ends while one is chosen: new frames do not move it. */
  #end = $state(0);
  measure = $state<FilterMeasure>('weights');
  readonly #frames = $derived(this.#withNewest());
  readonly #since = $derived(this.#frames[0]?.values ?? null);
  readonly #weightLimit = $derived(maximum(this.#frames.map(({ values }) => limitOf(values))));
  readonly #changeLimit = $derived(
    maximum(this.#frames.map(({ values }) => limitOf(values, this.#since))),
  );
  readonly #index = $derived(
    this.#chosen === null ? this.#frames.length - 1 : nearestFrame(this.#frames, this.#chosen),
  );
  readonly #kernels = $derived(this.kernelsAt(this.#index));
  readonly #readSoon = throttled(WHILE_TRAINING, () => void this.#read());

  constructor(api: Api, notices: Notices, firstLayer: FirstLayerFilters) {
    this.#api = api;
    this.#notices = notices;
    this.#firstLayer = firstLayer;
    api.on('history', (history) => this.take(history));
    firstLayer.onRead = () => {
      if (firstLayer.isTraining && !this.#isStale) this.#readSoon();
      else void this.#read();
    };
  }

  take({ branch, steps }: History): void {
    this.#turn++;
    this.#branch = branch;
    this.#isStale = true;
    if (steps.length === 0) this.#chosen = null;
  }

  /** In the order of their steps; the last is the network as it is now. Empty where it has no filters. */
  get frames(): readonly FilmFrame[] {
    return this.#frames;
  }
  /** There is more to see than the present. */
  get isFilm(): boolean {
    return this.#frames.length > 1;
  }
  /** Number of the frame that is shown, from 0. */
  get index(): number {
    return this.#index;
  }
  get step(): number {
    return this.#frames[this.#index]?.step ?? 0;
  }
  /** Of the first frame, which changes are measured from. */
  get firstStep(): number {
    return this.#frames[0]?.step ?? 0;
  }
  /** Where the slider ends. */
  get endStep(): number {
    return this.#chosen === null ? (this.#frames.at(-1)?.step ?? 0) : this.#end;
  }
  /** What is shown is the network as it is now, and will be. */
  get isFollowing(): boolean {
    return this.#chosen === null;
  }
  /** What is shown: the weights, or how far they have changed since the start. */
  get kernels(): readonly Kernel[] {
    return this.#kernels;
  }
  /** Where the colour scale ends: one for all filters and all frames. */
  get limit(): number {
    return this.measure === 'change' ? this.#changeLimit : this.#weightLimit;
  }
  /** Numbers, from 1, of the filters that are dead in the frame that is shown; null: not known, or none can die. */
  get dead(): readonly number[] | null {
    return this.#frames[this.#index]?.dead?.map((filter) => filter + 1) ?? null;
  }
  /** Images that a filter was tried on before it was called dead. */
  get tried(): number {
    return this.#about.tried;
  }

  kernelsAt(index: number): Kernel[] {
    const shape = this.#firstLayer.weights?.shape ?? null;
    const values = this.#frames[index]?.values;
    if (!values) return [];
    const isChange = this.measure === 'change' && this.#since !== null;
    return kernelsOf({ shape, values: isChange ? changeSince(values, this.#since) : values });
  }

  /** A person takes hold of the slider: it reaches to the newest again. */
  grab(): void {
    this.#end = this.#frames.at(-1)?.step ?? 0;
  }
  /** Shows the frame nearest to a step; it stays while others come. */
  moveTo(step: number): void {
    this.showFrame(nearestFrame(this.#frames, step));
  }
  /** The last is followed from then on. */
  showFrame(index: number): void {
    const at = Math.max(0, index);
    if (this.#chosen === null || at >= this.#frames.length - 1) this.grab();
    this.#chosen = at >= this.#frames.length - 1 ? null : (this.#frames[at]?.step ?? null);
  }
  follow(): void {
    this.#chosen = null;
  }

  /** Frames of other filters than the network has now are of another network. */
  #withNewest(): readonly FilmFrame[] {
    const { weights, step } = this.#firstLayer;
    if (!weights) return [];
    const isSame = this.#about.shape?.join() === weights.shape.join();
    const kept = isSame ? this.#kept.filter((frame) => frame.step <= step) : [];
    const last = kept.at(-1);
    return [
      ...(last?.step === step ? kept.slice(0, -1) : kept),
      { step, dead: this.#deadNow(last, weights), values: weights.values },
    ];
  }

  /** As the newest frame says, a moment ago; of weights that were set by hand since, nothing is known. */
  #deadNow(last: FilmFrame | undefined, { values }: Weights): number[] | null {
    if (!last || this.#firstLayer.isTraining) return last?.dead ?? null;
    const isEdited =
      last.step === this.#firstLayer.step && last.values.some((value, k) => value !== values[k]);
    return isEdited ? null : last.dead;
  }

  async #read(): Promise<void> {
    const { hasNetwork, isTraining, step } = this.#firstLayer;
    const branch = this.#branch;
    if (!hasNetwork || branch === null) return;
    const turn = ++this.#turn;
    const after = this.#isStale ? null : (this.#kept.at(-1)?.step ?? null);
    const answer = await this.#notices.attemptQuietly(
      'Film of the filters',
      () => this.#ask(branch, isTraining ? null : step, after),
      () => true,
    );
    if (!answer || turn !== this.#turn) return;
    this.#isStale = false;
    if (after === null) this.#about = { shape: answer.shape, tried: answer.tried };
    if (after === null) this.#kept = answer.frames;
    else if (answer.frames.length > 0) this.#kept = [...this.#kept, ...answer.frames];
    for (const failure of answer.problems) this.#notices.add(failure);
  }

  async #ask(branch: Branch, step: number | null, after: number | null): Promise<FilmAnswer> {
    const answer = await this.#api.call('checkpoints', { type: 'film', branch, step, after });
    if (answer.type === 'film') return answer;
    throw new FailureError(
      answer.type === 'refused'
        ? answer.failure
        : { what: 'The answer is to something else.', where: 'film', remedy: 'Ask again.' },
    );
  }
}
