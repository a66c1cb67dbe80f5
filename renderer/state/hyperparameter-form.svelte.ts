import type { RunConfig } from '../../shared/config.ts';
import { differencesBetween } from '../../shared/differences.ts';
import { fitNetwork } from '../../shared/fit-network.ts';
import type { ImageShape } from '../../shared/network-shape.ts';
import { seedRun } from '../../shared/presets.ts';
import type { Api } from '../api.ts';
import { formFields, type FormField } from '../text/form-fields.ts';
import { numberOf } from '../text/number-of.ts';
import { rangeProblem } from '../text/range-problem.ts';
import type { CheckpointFolder } from './checkpoint-folder.svelte.ts';
import type { Notices } from './notices.svelte.ts';
import { debounced } from './throttle.ts';

type Precision = RunConfig['training']['precision'];
/** By the field's id. */
type Texts = Readonly<Record<string, string>>;

/** What a form holds. */
interface HeldForm {
  loaded: RunConfig;
  texts: Texts;
  image: ImageShape | null;
}

/** A run as it was loaded, and what is typed into the fields, as it is typed; the run asked for and the problems follow from it. */
export class HyperparameterForm {
  #loaded = $state.raw<RunConfig>(seedRun());
  #image = $state.raw<ImageShape | null>(null);
  #texts = $state.raw<Texts>(textsOf(seedRun()));
  /** The fields that the loaded run has. */
  readonly fields = $derived(formFields.filter((field) => field.numberIn(this.#loaded) !== null));
  readonly #numbers = $derived(
    this.fields.map((field) => ({ field, value: numberOf(this.#texts[field.id] ?? '') })),
  );
  /** Unchecked: a number may be out of range, or NaN. */
  readonly #candidate = $derived(
    this.#numbers.reduce(
      (config, { field, value }) => field.withNumber(config, value),
      this.#loaded,
    ),
  );
  readonly #problems = $derived.by(() => {
    const problems: Record<string, string> = {};
    for (const { field, value } of this.#numbers) {
      const problem = rangeProblem(field.field, field.range, value);
      if (problem !== null) problems[field.id] = problem;
    }
    const seed = this.#folder.checkpoint?.seed ?? this.#candidate.training.seed;
    if (seed !== this.#candidate.training.seed)
      problems['training.seed'] ??= `This folder’s run has seed ${seed}.`;
    return problems;
  });
  readonly #folder: CheckpointFolder;
  readonly #save: () => void;

  constructor(api: Api, notices: Notices, folder: CheckpointFolder) {
    this.#folder = folder;
    this.#save = debounced(400, () => {
      const { config } = this;
      if (config !== null)
        void notices.attempt('Save settings', () => api.call('saveConfig', config));
    });
  }

  /** What is typed into a field. */
  textOf({ id }: FormField): string {
    return this.#texts[id] ?? '';
  }
  get precision(): Precision {
    return this.#loaded.training.precision;
  }
  get network(): RunConfig['network'] {
    return this.#candidate.network;
  }
  /** What the data's images are, once they were looked at; null: it is not known here. */
  get image(): ImageShape | null {
    return this.#image;
  }
  /** Which data the run learns from, and how they are read. */
  get data(): RunConfig['data'] {
    return this.#loaded.data;
  }
  /** What the run learns from: a set's name, or a place. */
  get dataset(): string {
    return this.#loaded.data.dataset;
  }
  /** By the field's id. */
  get problems(): Readonly<Partial<Record<string, string>>> {
    return this.#problems;
  }
  /** The run asked for; null while a field holds no allowed value. */
  get config(): RunConfig | null {
    return Object.keys(this.#problems).length > 0 ? null : this.#candidate;
  }
  /** Epochs asked for; 0 while that field holds no number. */
  get epochs(): number {
    return this.#problems['training.epochs'] === undefined ? this.#candidate.training.epochs : 0;
  }
  /** The seed network's values are in the form. */
  get isDefault(): boolean {
    return differencesBetween(this.#candidate, seedRun()).length === 0;
  }

  /** All that it holds, what is typed too, to come back to. */
  get held(): HeldForm {
    return { loaded: this.#loaded, texts: this.#texts, image: this.#image };
  }
  restore({ loaded, texts, image }: HeldForm): void {
    this.#loaded = loaded;
    this.#texts = texts;
    this.#image = image;
    this.#save();
  }
  load(config: RunConfig): void {
    this.#image = null;
    this.#loaded = config;
    this.#texts = textsOf(config);
  }
  type({ id }: FormField, text: string): void {
    this.#texts = { ...this.#texts, [id]: text };
    this.#save();
  }
  choosePrecision(precision: Precision): void {
    const { training } = this.#loaded;
    this.#loaded = { ...this.#loaded, training: { ...training, precision } };
    this.#save();
  }
  /**
   * Takes other data for the next run; batch size and augmentation stay, and a preset's network is made anew for the images.
   * @param image what the data's images are
   */
  takeData(data: RunConfig['data'], image: ImageShape): void {
    const { batchSize, augmentation } = this.#loaded.data;
    this.#loaded = {
      ...this.#loaded,
      data: { ...data, batchSize, augmentation },
      network: fitNetwork(this.#loaded.network, image),
    };
    this.#image = image;
    this.#save();
  }
  reset(): void {
    this.load(seedRun());
    this.#save();
  }
}

const textsOf = (config: RunConfig): Texts =>
  Object.fromEntries(formFields.map((field) => [field.id, String(field.numberIn(config) ?? '')]));
