import type { LayerConfig, RunConfig } from '../../shared/config.ts';
import { disagreements } from '../../shared/disagreements.ts';
import { differencesBetween, type Difference } from '../../shared/differences.ts';
import { fieldOf, tablePathOf, usualParts } from '../../shared/field-of.ts';
import type { Field } from '../../shared/fields/field.ts';
import { fitNetwork } from '../../shared/fit-network.ts';
import { isLivePath } from '../../shared/lock-reason.ts';
import type { ImageShape } from '../../shared/network-shape.ts';
import { builtInChoices } from '../../shared/preset-choice.ts';
import { seedRun } from '../../shared/presets.ts';
import { valueAt, withValueAt } from '../../shared/setting-paths.ts';
import { withType } from '../../shared/setting-variants.ts';
import type { Api } from '../api.ts';
import { nameFields } from '../text/field-names.ts';
import { readSetting, settingText } from '../text/setting-text.ts';
import type { CheckpointFolder } from './checkpoint-folder.svelte.ts';
import { startOf, type FieldTexts, type HeldForm } from './held-form.ts';
import { History } from './history.svelte.ts';
import type { Notices } from './notices.svelte.ts';
import { debounced } from './throttle.ts';

/** Where each layer was before, by where it is now; null: nowhere. */
export type LayerOrigins = readonly (number | null)[];

/** The run that a person prepares: every setting by its path in `RunConfig`, what is typed as it is typed, and a way back. */
export class RunForm {
  #held = $state.raw<HeldForm>(startOf(seedRun()));
  readonly #history = new History<HeldForm>();
  readonly #problems = $derived.by(() => {
    const { config, texts } = this.#held;
    const problems: Record<string, string> = {};
    for (const [path, text] of Object.entries(texts)) {
      const field = fieldOf(config, path);
      const read = field && readSetting(field, text);
      if (read && 'problem' in read) problems[path] = read.problem;
    }
    const seed = this.#folder.checkpoint?.seed ?? config.training.seed;
    if (seed !== config.training.seed)
      problems['training.seed'] ??= `This folder’s run has seed ${seed}.`;
    for (const { paths, what, remedy } of disagreements(config, this.#trainCount()))
      for (const path of paths) problems[path] ??= nameFields(`${what} ${remedy}`);
    return problems;
  });
  /** In which settings the run differs from the preset that was taken last. */
  readonly differences: readonly Difference[] = $derived(
    differencesBetween(this.#held.basis, this.#held.config),
  );
  readonly #folder: CheckpointFolder;
  readonly #trainCount: () => number | null;
  readonly #save: () => void;

  /** @param trainCount how many examples the form's data have to train on; null: it is not known */
  constructor(
    api: Api,
    notices: Notices,
    folder: CheckpointFolder,
    trainCount: () => number | null = () => null,
  ) {
    this.#folder = folder;
    this.#trainCount = trainCount;
    this.#save = debounced(400, () => {
      const { config } = this;
      if (config !== null)
        void notices.attempt('Save settings', () => api.call('saveConfig', config));
    });
  }

  /** The run as far as its settings are allowed: where a field holds no allowed value, its last one. */
  get draft(): RunConfig {
    return this.#held.config;
  }
  /** The run asked for; null while a field holds no allowed value. */
  get config(): RunConfig | null {
    return Object.keys(this.#problems).length > 0 ? null : this.#held.config;
  }
  /** What the settings are compared with. */
  get basis(): RunConfig {
    return this.#held.basis;
  }
  get network(): RunConfig['network'] {
    return this.#held.config.network;
  }
  get image(): ImageShape | null {
    return this.#held.image;
  }
  get data(): RunConfig['data'] {
    return this.#held.config.data;
  }
  /** What the run learns from: a set's name, or a place. */
  get dataset(): string {
    return this.data.dataset;
  }
  /** By the setting's path. */
  get problems(): Readonly<Partial<Record<string, string>>> {
    return this.#problems;
  }
  /** Epochs asked for; 0 while that field holds no number. */
  get epochs(): number {
    const { training } = this.#held.config;
    return this.#problems['training.epochs'] === undefined ? training.epochs : 0;
  }
  get canUndo(): boolean {
    return this.#history.canUndo;
  }
  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /** All that is known of the setting at a path; undefined: the run has none there. */
  fieldAt(path: string): Field | undefined {
    return fieldOf(this.draft, path);
  }
  valueAt(path: string): unknown {
    return valueAt(this.draft, path);
  }
  /** What is typed into a setting's field, or would be. */
  textAt(path: string): string {
    return this.#held.texts[path] ?? settingText(this.valueAt(path));
  }
  /** What a setting is in the preset that was taken last; of a layer that it has not, what is usual. */
  basisAt(path: string): unknown {
    const { basis, config } = this.#held;
    const isSame = tablePathOf(basis, path) === tablePathOf(config, path);
    const value = isSame ? valueAt(basis, path) : undefined;
    return value === undefined ? this.fieldAt(path)?.default : value;
  }
  isChanged(path: string): boolean {
    return settingText(this.basisAt(path)) !== this.textAt(path);
  }

  /** Shows a run that was saved or begun; there is no way back before it. */
  load(config: RunConfig): void {
    this.#history.clear();
    const preset = builtInChoices(config, null).find(({ title }) => title === config.network.name);
    this.#held = { ...startOf(config), basis: preset?.config ?? config };
  }
  /** Takes another run instead: a preset, one that was pasted. */
  take(config: RunConfig): void {
    this.#change({ ...startOf(config), image: this.image });
  }
  /** Keys one after the other into one field are one change. */
  type(path: string, text: string): void {
    const field = this.fieldAt(path);
    if (!field) return;
    const { config, texts } = this.#held;
    const read = readSetting(field, text);
    const next = 'value' in read ? withValueAt(config, path, read.value) : config;
    this.#change({ config: next as RunConfig, texts: { ...texts, [path]: text } }, path);
  }
  /**
   * Sets a setting that is chosen, not typed; of one that has others by its type, those come with it.
   * @param goesOnWith changes that go on with the same one after the other, such as a slider's moves, are undone together
   */
  set(path: string, value: unknown, goesOnWith: string | null = null): void {
    const { config } = this.#held;
    const of = path.endsWith('.type') ? path.slice(0, -'.type'.length) : null;
    const next =
      of === null ? withValueAt(config, path, value) : withType(config, of, String(value));
    this.#change({ config: next as RunConfig, texts: this.#textsWithout(of ?? path) }, goesOnWith);
  }
  /** Switches a group of settings on, each at its default, or off. */
  switchParts(path: string, isOn: boolean): void {
    this.set(path, isOn ? usualParts(tablePathOf(this.draft, path)) : null);
  }
  /** Back to what the preset has. */
  reset(path: string): void {
    this.set(path, this.basisAt(path));
  }
  /** Numbers that were changed while a run trained stay so when it goes on: they are taken over when it ends. */
  keepLiveNumbers(trained: RunConfig): void {
    const changed = differencesBetween(trained, this.draft).filter(
      ({ path }) =>
        isLivePath(path) && ['number', 'boolean'].includes(typeof valueAt(trained, path)),
    );
    const config = changed.reduce<unknown>(
      (kept, { path }) => withValueAt(kept, path, valueAt(trained, path)),
      this.draft,
    );
    if (changed.length > 0) this.#show({ ...this.#held, config: config as RunConfig });
  }
  /** All settings back to what the preset has. */
  resetAll(): void {
    this.#change({ config: this.#held.basis, texts: {} });
  }
  changeLayers(layers: readonly LayerConfig[], origins: LayerOrigins): void {
    const { config, texts } = this.#held;
    const moved = Object.entries(texts).flatMap(([path, text]) => {
      const [, index, within] = /^network\.layers\.(\d+)\.(.+)$/.exec(path) ?? [];
      if (index === undefined) return [[path, text]];
      const now = origins.indexOf(Number(index));
      return now < 0 ? [] : [[`network.layers.${now}.${within ?? ''}`, text]];
    });
    const network = { ...config.network, layers: [...layers] };
    this.#change({
      config: { ...config, network },
      texts: Object.fromEntries(moved) as FieldTexts,
    });
  }
  /**
   * Takes other data for the next run; batch size and augmentation stay, and a preset's network is made anew for the images.
   * @param image what the data's images are
   */
  takeData(data: RunConfig['data'], image: ImageShape): void {
    const { config } = this.#held;
    const { batchSize, augmentation } = config.data;
    const network = fitNetwork(config.network, image);
    this.#change({
      config: { ...config, data: { ...data, batchSize, augmentation }, network },
      image,
    });
  }
  undo(): void {
    this.#show(this.#history.undo(this.#held));
  }
  redo(): void {
    this.#show(this.#history.redo(this.#held));
  }

  /** @param typedInto the field whose keys so far are one change with this one */
  #change(changed: Partial<HeldForm>, typedInto: string | null = null): void {
    this.#history.keep(this.#held, typedInto);
    this.#show({ ...this.#held, ...changed });
  }
  #show(held: HeldForm): void {
    this.#held = held;
    this.#save();
  }
  #textsWithout(path: string): FieldTexts {
    const isOther = ([key]: [string, string]): boolean =>
      key !== path && !key.startsWith(`${path}.`);
    return Object.fromEntries(Object.entries(this.#held.texts).filter(isOther));
  }
}
