import type { RunConfig } from '../../shared/config.ts';
import { isSamePresetName, type OwnPreset, type PresetRequest } from '../../shared/own-presets.ts';
import type { Api } from '../api.ts';
import type { Notices } from './notices.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

/** The set-ups that a person keeps under names of their own: the app's main process has them. */
export class OwnPresets {
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #toasts: Toasts;
  #presets = $state.raw<readonly OwnPreset[]>([]);

  constructor(api: Api, notices: Notices, toasts: Toasts) {
    this.#api = api;
    this.#notices = notices;
    this.#toasts = toasts;
  }

  get presets(): readonly OwnPreset[] {
    return this.#presets;
  }
  presetNamed(name: string): OwnPreset | undefined {
    return this.#presets.find((preset) => isSamePresetName(preset.name, name));
  }

  /** Asks for those that were saved before. */
  async load(): Promise<void> {
    await this.#ask('Presets', { type: 'list' });
  }
  /** In the place of one of the same name, which can be brought back. */
  async save(name: string, config: RunConfig): Promise<void> {
    const before = this.presetNamed(name);
    const done = await this.#ask('Save the preset', saving(name, config));
    if (done === null) return;
    const undo = before
      ? () => void this.#ask('Bring the preset back', { type: 'save', ...before })
      : () => void this.#ask('Delete the preset', { type: 'remove', name: done });
    this.#toasts.show(before ? `“${done}” was replaced.` : `Saved as “${done}”.`, undo);
  }
  /** @returns whether it was done */
  async rename(name: string, to: string): Promise<boolean> {
    const done = await this.#ask('Rename the preset', { type: 'rename', name, to });
    if (done === null) return false;
    this.#toasts.show(`“${name}” is now “${done}”.`, () => {
      void this.#ask('Rename the preset', { type: 'rename', name: done, to: name });
    });
    return true;
  }
  async remove(name: string): Promise<void> {
    const before = this.presetNamed(name);
    const done = await this.#ask('Delete the preset', { type: 'remove', name });
    if (done === null || !before) return;
    this.#toasts.show(`“${done}” was deleted.`, () => {
      void this.#ask('Bring the preset back', { type: 'save', ...before });
    });
  }
  async export(name: string): Promise<void> {
    const done = await this.#ask('Export the preset', { type: 'export', name });
    if (done !== null) this.#toasts.show(`“${name}” was written to ${done}.`);
  }
  async import(): Promise<void> {
    const done = await this.#ask('Import a preset', { type: 'import' });
    if (done === null) return;
    this.#toasts.show(`“${done}” was imported.`, () => {
      void this.#ask('Delete the preset', { type: 'remove', name: done });
    });
  }

  /** @returns what was done; null: nothing, or it could not be, which is told */
  async #ask(where: string, request: PresetRequest): Promise<string | null> {
    const answer = await this.#notices.attempt(where, () => this.#api.call('presets', request));
    if (!answer) return null;
    this.#presets = answer.presets;
    return answer.done;
  }
}

const saving = (name: string, config: RunConfig): PresetRequest => ({
  ...{ type: 'save', name, config, needsData: false },
});
