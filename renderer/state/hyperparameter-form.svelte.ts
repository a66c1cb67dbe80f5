import * as v from 'valibot';
import {
  defaultHyperparameters,
  hyperparametersSchema,
  problemsOf,
  type Hyperparameters,
} from '../../shared/hyperparameters.ts';
import type { Api } from '../api.ts';
import { numberOf } from '../text/number-of.ts';
import { debounced } from './throttle.ts';
import type { CheckpointFolder } from './checkpoint-folder.svelte.ts';
import type { Notices } from './notices.svelte.ts';

export type NumberField = Exclude<keyof Hyperparameters, 'precision'>;
type Texts = Record<NumberField, string>;

/** What is typed, as it is typed; values and problems follow from it. */
export class HyperparameterForm {
  #texts = $state.raw<Texts>(textsOf(defaultHyperparameters()));
  #precision = $state<Hyperparameters['precision']>(defaultHyperparameters().precision);
  readonly #candidate = $derived.by(() => ({
    epochs: numberOf(this.#texts.epochs),
    batchSize: numberOf(this.#texts.batchSize),
    learningRate: numberOf(this.#texts.learningRate),
    convolutionDropout: numberOf(this.#texts.convolutionDropout),
    denseDropout: numberOf(this.#texts.denseDropout),
    seed: numberOf(this.#texts.seed),
    precision: this.#precision,
  }));
  readonly #problems = $derived.by(() => {
    const problems = problemsOf(this.#candidate);
    const seed = this.#folder.checkpoint?.seed ?? this.#candidate.seed;
    if (seed === this.#candidate.seed) return problems;
    return { seed: `This folder’s run has seed ${seed}.`, ...problems };
  });
  readonly #folder: CheckpointFolder;
  readonly #save: () => void;

  constructor(api: Api, notices: Notices, folder: CheckpointFolder) {
    this.#folder = folder;
    this.#save = debounced(400, () => {
      const { values } = this;
      if (values !== null)
        void notices.attempt('Save settings', () => api.call('saveHyperparameters', values));
    });
  }

  get texts(): Readonly<Texts> {
    return this.#texts;
  }
  get precision(): Hyperparameters['precision'] {
    return this.#precision;
  }
  get problems(): Partial<Record<keyof Hyperparameters, string>> {
    return this.#problems;
  }
  /** Null while a field holds no allowed value. */
  get values(): Hyperparameters | null {
    if (Object.keys(this.#problems).length > 0) return null;
    const parsed = v.safeParse(hyperparametersSchema, this.#candidate);
    return parsed.success ? parsed.output : null;
  }
  /** Epochs asked for; 0 while that field holds no number. */
  get epochs(): number {
    return this.#problems.epochs === undefined ? this.#candidate.epochs : 0;
  }
  /** The seed network's values are in the form. */
  get isDefault(): boolean {
    return JSON.stringify(this.#candidate) === JSON.stringify(defaultHyperparameters());
  }

  load(values: Hyperparameters): void {
    this.#texts = textsOf(values);
    this.#precision = values.precision;
  }
  type(field: NumberField, text: string): void {
    this.#texts = { ...this.#texts, [field]: text };
    this.#save();
  }
  choosePrecision(precision: Hyperparameters['precision']): void {
    this.#precision = precision;
    this.#save();
  }
  reset(): void {
    this.load(defaultHyperparameters());
    this.#save();
  }
}

const textsOf = (values: Hyperparameters): Texts => ({
  epochs: String(values.epochs),
  batchSize: String(values.batchSize),
  learningRate: String(values.learningRate),
  convolutionDropout: String(values.convolutionDropout),
  denseDropout: String(values.denseDropout),
  seed: String(values.seed),
});
