import type { RunConfig } from '../../shared/config.ts';
import type { ImageShape } from '../../shared/network-shape.ts';
import { isMeantAsNetwork } from '../../shared/import-network/read-pasted.ts';
import {
  notPassedOn,
  takenConfig,
  type HideablePart,
  type PortableSetup,
} from '../../shared/portable-setup.ts';
import { builtInChoices, type PresetChoice } from '../../shared/preset-choice.ts';
import type { Api } from '../api.ts';
import type { Continuation } from './continuation.svelte.ts';
import type { Notices } from './notices.svelte.ts';
import { OwnPresets } from './own-presets.svelte.ts';
import type { RunForm } from './run-form.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

/** The parts of other state that are needed here. */
interface Surroundings {
  readonly form: RunForm;
  readonly continuation: Continuation;
  readonly toasts: Toasts;
  readonly notices: Notices;
  readonly knownData: { readonly image: ImageShape | null };
  readonly training: { readonly busy: boolean };
}

/** Whole set-ups that come into the form from elsewhere: presets, what is pasted, what the app was started with. */
export class SetupExchange {
  readonly #api: Api;
  readonly #around: Surroundings;
  readonly own: OwnPresets;
  #title = $state<string | null>(null);
  /** What a teacher hides in the set-up that was taken last. */
  #hidden = $state.raw<readonly HideablePart[]>([]);
  readonly #onGiven: () => void;
  #isLoaded = false;
  /** Given before the window knew what it begins with, which would take its place. */
  #early: PortableSetup | null = null;
  #dialog = $state<'import' | 'compare' | null>(null);
  #pastedText = $state('');

  /** @param onGiven a set-up came from outside the window */
  constructor(api: Api, around: Surroundings, onGiven: () => void) {
    this.#api = api;
    this.#around = around;
    this.own = new OwnPresets(api, around.notices, around.toasts);
    this.#onGiven = onGiven;
    api.on('setup', (setup) => {
      if (this.#isLoaded) this.#takeGiven(setup);
      else this.#early = setup;
    });
  }

  /** What was taken last, or the name of the network that the window began with. */
  get title(): string {
    return this.#title ?? this.#around.form.basis.network.name;
  }
  get dialog(): 'import' | 'compare' | null {
    return this.#dialog;
  }
  /** What the dialog that imports begins with. */
  get pastedText(): string {
    return this.#pastedText;
  }
  openDialog(dialog: 'import' | 'compare'): void {
    this.#pastedText = '';
    this.#dialog = dialog;
  }
  /** Shows what was pasted on the layers, before it is taken; says so where it is nothing of the kind. */
  showPasted(text: string): void {
    if (!isMeantAsNetwork(text)) {
      this.#around.toasts.show('What is pasted is no network.');
      return;
    }
    this.#pastedText = text;
    this.#dialog = 'import';
  }
  closeDialog(): void {
    this.#dialog = null;
  }
  isHidden(part: HideablePart): boolean {
    return this.#hidden.includes(part);
  }
  get hidden(): readonly HideablePart[] {
    return this.#hidden;
  }
  /** What the snapshot tells. */
  load(hidden: readonly HideablePart[]): void {
    this.#hidden = hidden;
    this.#isLoaded = true;
    if (this.#early) this.#takeGiven(this.#early);
    this.#early = null;
  }
  #takeGiven(setup: PortableSetup): void {
    const { form, toasts, training } = this.#around;
    this.#onGiven();
    if (training.busy) toasts.show('A run trains: the set-up that was given was not taken.');
    else this.take(takenConfig(setup, form.draft), 'The given set-up', setup.hidden);
  }
  /** Writes the form's run to a file that the person names. */
  async saveFile(hidden: readonly HideablePart[]): Promise<void> {
    const { form, notices, toasts } = this.#around;
    const { config } = form;
    if (!config) return;
    const path = await notices.attempt('Save the set-up', () =>
      this.#api.call('saveSetup', { config, hidden: [...hidden] }),
    );
    if (path) toasts.show([`The set-up was written to ${path}.`, ...notPassedOn(config)].join(' '));
  }
  /** Takes the run of a file that the person chooses. */
  async openFile(): Promise<void> {
    const { form, notices, training } = this.#around;
    const opened = await notices.attempt('Open a set-up', () => this.#api.call('openSetup'));
    // A run may have begun while the dialog was open.
    if (!opened || training.busy) return;
    this.take(takenConfig(opened.setup, form.draft), opened.name, opened.setup.hidden);
  }
  /** The person leaves what a teacher has made. */
  showAll(): void {
    this.#hide([]);
  }
  /** What the form's run can be compared with, by groups. */
  get comparisons(): { title: string; choices: readonly PresetChoice[] }[] {
    const { form, knownData, continuation } = this.#around;
    const { saved } = continuation;
    const own = this.own.presets.map(({ name, config }) => ({ title: name, config }));
    return [
      { title: 'Presets', choices: builtInChoices(form.draft, knownData.image) },
      { title: 'Your presets', choices: own },
      {
        title: 'Checkpoint',
        choices: saved ? [{ title: `Step ${saved.step}`, config: saved.config }] : [],
      },
    ].filter(({ choices }) => choices.length > 0);
  }

  /**
   * @param what in words
   * @param hidden what a teacher hides
   */
  take(config: RunConfig, what: string, hidden: readonly HideablePart[] = []): void {
    const { form, toasts } = this.#around;
    const before = { title: this.#title, hidden: this.#hidden };
    form.take(config);
    this.#title = what;
    this.#hide(hidden);
    this.#dialog = null;
    toasts.show(`${what} is in the form.`, () => {
      form.undo();
      this.#title = before.title;
      this.#hide(before.hidden);
    });
  }

  /** It stays so over a reload and a restart. */
  #hide(hidden: readonly HideablePart[]): void {
    if (hidden.join() === this.#hidden.join()) return;
    this.#hidden = hidden;
    void this.#around.notices.attempt('Save settings', () =>
      this.#api.call('saveHidden', [...hidden]),
    );
  }
}
