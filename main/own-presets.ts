import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { FailureError, type Failure } from '../shared/ipc.ts';
import {
  freePresetName,
  isSamePresetName,
  MOST_PRESETS,
  presetFileText,
  presetNameFrom,
  readPresetFile,
  type OwnPreset,
  type PresetAnswer,
  type PresetRequest,
} from '../shared/own-presets.ts';
import { fileFailure } from './file-failure.ts';
import { readPresetsFile, writePresetsFile } from './presets-file.ts';

/** Asks the person for a file; null if they cancelled. */
export interface PresetDialogs {
  fileToRead(): Promise<string | null>;
  fileToWrite(suggested: string): Promise<string | null>;
}

/** Most bytes of a preset file; the largest run has some fifty thousand. */
const LARGEST_FILE = 2_000_000;

/** The set-ups that a person keeps under names of their own. */
export class OwnPresets {
  readonly #file: string;
  readonly #unreadable: Failure | null;
  #presets: readonly OwnPreset[];

  /** @param file where they are kept; problems in it are reported through `warn` */
  constructor(file: string, warn: (failure: Failure) => void) {
    this.#file = file;
    const { presets, unreadable } = readPresetsFile(file, warn);
    this.#presets = presets;
    this.#unreadable = unreadable;
  }

  get presets(): readonly OwnPreset[] {
    return this.#presets;
  }

  /** @throws FailureError if it cannot be done; the presets are unchanged then */
  async carryOut(request: PresetRequest, dialogs: PresetDialogs): Promise<PresetAnswer> {
    switch (request.type) {
      case 'list':
        return this.#answer(null);
      case 'save': {
        const { name, config, needsData } = request;
        this.#put(name, { name, config, needsData });
        return this.#answer(name);
      }
      case 'rename':
        return this.#answer(this.#rename(request.name, request.to));
      case 'remove': {
        const { name } = this.#presetNamed(request.name);
        this.#keep(this.#presets.filter((preset) => preset.name !== name));
        return this.#answer(name);
      }
      case 'export': {
        const preset = this.#presetNamed(request.name);
        const path = await dialogs.fileToWrite(`${fileNameOf(preset.name)}.json`);
        if (path !== null) writeExported(path, preset);
        return this.#answer(path);
      }
      case 'import': {
        const path = await dialogs.fileToRead();
        if (path === null) return this.#answer(null);
        const preset = readImported(path);
        const name = freePresetName(preset.name, this.#names);
        this.#put(name, { ...preset, name });
        return this.#answer(name);
      }
    }
  }

  get #names(): string[] {
    return this.#presets.map(({ name }) => name);
  }
  #answer(done: string | null): PresetAnswer {
    return { presets: [...this.#presets], done };
  }
  #presetNamed(name: string): OwnPreset {
    const preset = this.#presets.find((each) => isSamePresetName(each.name, name));
    if (preset) return preset;
    throw new FailureError({
      what: `There is no preset “${name}”.`,
      where: this.#file,
      remedy: 'Open the list of presets again.',
    });
  }
  /** Replaces the preset of this name, or adds one at the end. */
  #put(name: string, preset: OwnPreset): void {
    const isIt = (each: OwnPreset): boolean => isSamePresetName(each.name, name);
    if (this.#presets.some(isIt)) {
      this.#keep(this.#presets.map((each) => (isIt(each) ? preset : each)));
      return;
    }
    if (this.#presets.length >= MOST_PRESETS)
      throw new FailureError({
        what: `There are ${MOST_PRESETS} presets already.`,
        where: this.#file,
        remedy: 'Delete some, or export them first.',
      });
    this.#keep([...this.#presets, preset]);
  }
  #rename(from: string, to: string): string {
    const preset = this.#presetNamed(from);
    const isTaken = this.#presets.some(
      (each) => each !== preset && isSamePresetName(each.name, to),
    );
    if (isTaken)
      throw new FailureError({
        what: `There is a preset “${to}” already.`,
        where: this.#file,
        remedy: 'Choose another name, or rename that one first.',
      });
    this.#put(from, { ...preset, name: to });
    return to;
  }
  #keep(presets: readonly OwnPreset[]): void {
    if (this.#unreadable) throw new FailureError(this.#unreadable);
    writePresetsFile(this.#file, presets);
    this.#presets = presets;
  }
}

/** A file name that every disk accepts. */
const fileNameOf = (name: string): string =>
  name.replaceAll(/[^\p{L}\p{N} ._-]/gu, '-').replace(/^[. ]+|[. ]+$/g, '') || 'preset';

function writeExported(path: string, preset: OwnPreset): void {
  try {
    writeFileSync(path, presetFileText(preset));
  } catch (cause) {
    throw fileFailure('The preset could not be written', path, cause);
  }
}

/** @throws FailureError if it cannot be read, or is not a preset */
function readImported(path: string): OwnPreset {
  let text: string;
  try {
    if (statSync(path).size > LARGEST_FILE)
      throw new FailureError({
        what: 'The file is too large for a preset.',
        where: path,
        remedy: 'Take a file that was exported from Firstlayer.',
      });
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof FailureError) throw cause;
    throw fileFailure('The file could not be read', path, cause);
  }
  return readPresetFile(text, path, presetNameFrom(basename(path, extname(path))));
}
