import {
  classFolders,
  MOST_PICTURES,
  type DrawingId,
  type OwnDrawing,
  type OwnDrawings as Answer,
  type OwnDrawingsRequest,
  type PixelBytes,
} from '../../shared/own-drawings.ts';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { Api } from '../api.ts';
import { cutText } from '../text/class-words.ts';
import { classOfFolder, keptWord } from '../text/own-drawing-words.ts';
import type { Drawing } from './drawing.svelte.ts';
import type { Notices } from './notices.svelte.ts';
import type { Recognition } from './recognition.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

interface Parts {
  readonly notices: Notices;
  readonly toasts: Toasts;
  readonly drawing: Drawing;
  readonly recognition: Recognition;
  readonly classNames: readonly string[];
}

export const keyOf = ({ folder, name }: DrawingId): string => `${folder}/${name}`;
/** Without what the list tells beside it. */
const idOf = ({ folder, name }: DrawingId): DrawingId => ({ folder, name });

/** Strokes as they cross to the main process. */
const plain = (strokes: Drawing['strokes']) =>
  strokes.map((stroke) => stroke.map(({ x, y, width }) => ({ x, y, width })));

/** The drawings, and pictures in place of one, that the person has kept with what they really are. */
export class OwnDrawings {
  readonly #api: Api;
  readonly #parts: Parts;
  #answer = $state.raw<Answer | null>(null);
  /** What was kept last, and of which picture on the pad. */
  #kept = $state.raw<{ drawing: DrawingId; pixels: Uint8Array } | null>(null);
  #pictures = $state.raw<Readonly<Record<string, PixelBytes>>>({});
  #isOpen = $state(false);
  #isBusy = $state(false);
  #failure = $state.raw<Failure | null>(null);
  readonly #folders = $derived.by(() => classFolders(this.#parts.classNames));

  constructor(api: Api, parts: Parts) {
    this.#api = api;
    this.#parts = parts;
  }

  /** Null until it is known. */
  get answer(): Answer | null {
    return this.#answer;
  }
  get drawings(): readonly OwnDrawing[] {
    return this.#answer?.drawings ?? [];
  }
  /** Another one whenever there are other drawings. */
  readonly listing = $derived.by(() => this.drawings.map(keyOf).join('|'));
  get isBusy(): boolean {
    return this.#isBusy;
  }
  /** The class's folder of each class. */
  get folders(): readonly string[] {
    return this.#folders;
  }
  /** The class that the drawing on the pad is kept as; −1: none. */
  get keptAs(): number {
    const kept = this.#keptOf(this.#parts.recognition.pixels);
    return kept === null ? -1 : this.#folders.indexOf(kept.folder);
  }
  /** What failed while the drawings are browsed; null: nothing. */
  get failure(): Failure | null {
    return this.#failure;
  }
  /** Whether the drawings are browsed. */
  get isOpen(): boolean {
    return this.#isOpen;
  }
  /** Undefined: it is not read yet, or cannot be. */
  pictureOf(drawing: DrawingId): PixelBytes | undefined {
    return this.#pictures[keyOf(drawing)];
  }

  async load(): Promise<void> {
    await this.#request({ type: 'list' });
  }
  async open(): Promise<void> {
    this.#isOpen = true;
    await this.load();
    await this.#readPictures();
  }
  close(): void {
    this.#isOpen = false;
    this.#pictures = {};
    this.#failure = null;
  }

  /** Keeps what is on the pad as a class; where it is kept as another, it becomes that; as the same, it is taken out again. */
  async keep(label: number): Promise<void> {
    const { recognition, drawing } = this.#parts;
    const { pixels, picture } = recognition;
    const folder = this.#folders[label];
    if (pixels === null || folder === undefined || this.#isBusy) return;
    const before = this.#keptOf(pixels);
    if (before?.folder === folder) return this.delete(before);
    if (before) return this.relabel(before, folder);
    const { appearance, height, width, channels } = recognition.form;
    const answer = await this.#request({
      type: 'keep',
      folder,
      image: { height, width, channels: channels === 3 ? 3 : 1, pixels },
      // Below a picture the strokes are still on the pad.
      drawn: picture ? null : { appearance, strokes: plain(drawing.strokes) },
    });
    const kept = answer?.drawing;
    if (!kept) return;
    this.#kept = { drawing: kept, pixels };
    const what = `The ${this.#wordOf(kept)} is kept as ${this.#nameOf(folder)}.`;
    this.#tell(what, () => this.#takeOut(kept));
  }

  async relabel(listed: DrawingId, folder: string): Promise<void> {
    const drawing = idOf(listed);
    const moved = await this.#move(drawing, folder);
    if (!moved) return;
    this.#tell(`The ${this.#wordOf(moved)} is ${this.#nameOf(folder)} now.`, () =>
      this.#move(moved, drawing.folder),
    );
  }

  async delete(listed: DrawingId): Promise<void> {
    const drawing = idOf(listed);
    const wasOnPad = this.#kept;
    const word = this.#wordOf(drawing);
    if (!(await this.#request({ type: 'delete', drawing }))) return;
    if (wasOnPad?.drawing.name === drawing.name) this.#kept = null;
    const forget = (): void => void this.#request({ type: 'forget', drawing });
    const restore = async (): Promise<void> => {
      const answer = await this.#request({ type: 'restore', drawing });
      if (answer && wasOnPad?.drawing.name === drawing.name) this.#kept = wasOnPad;
      if (this.#isOpen) await this.#readPictures();
    };
    this.#parts.toasts.show(`The ${word} is deleted.`, () => void restore(), { onGone: forget });
  }

  async choosePlace(): Promise<void> {
    if (await this.#request({ type: 'choose' })) await this.#readPictures();
  }
  async copyAll(): Promise<void> {
    const copied = (await this.#request({ type: 'export' }))?.copiedTo;
    if (copied) this.#parts.toasts.show(`The drawings are copied to ${copied}.`);
  }
  async reveal(): Promise<void> {
    await this.#request({ type: 'reveal' });
  }

  /** What was kept last, where it is of this picture; that may have been made anew meanwhile, as for a network that was opened. */
  #keptOf(pixels: Uint8Array | null): DrawingId | null {
    const kept = this.#kept;
    if (kept === null || pixels?.length !== kept.pixels.length) return null;
    return kept.pixels.every((value, k) => value === pixels[k]) ? kept.drawing : null;
  }

  async #move(drawing: DrawingId, folder: string): Promise<DrawingId | null> {
    const answer = await this.#request({ type: 'relabel', drawing, folder });
    const moved = answer?.drawing ?? null;
    if (moved === null) return null;
    if (this.#kept?.drawing.name === drawing.name) this.#kept = { ...this.#kept, drawing: moved };
    const picture = this.#pictures[keyOf(drawing)];
    if (picture) this.#pictures = { ...this.#pictures, [keyOf(moved)]: picture };
    return moved;
  }

  /** As if it had never been kept: nobody wants it back. */
  async #takeOut(drawing: DrawingId): Promise<void> {
    if (!(await this.#request({ type: 'delete', drawing }))) return;
    // Another may have been kept meanwhile.
    if (this.#kept?.drawing.name === drawing.name) this.#kept = null;
    await this.#request({ type: 'forget', drawing });
  }

  #tell(text: string, undo: () => Promise<unknown>): void {
    this.#parts.toasts.show(text, () => void undo());
  }

  #wordOf({ name }: DrawingId): string {
    return keptWord(this.drawings.find((each) => each.name === name) ?? { hasStrokes: true });
  }

  #nameOf(folder: string): string {
    return cutText(classOfFolder(folder, this.#parts.classNames).name, 40);
  }

  /** @returns null where it failed, which is told, or the person cancelled */
  async #request(request: OwnDrawingsRequest): Promise<Answer | null> {
    this.#isBusy = true;
    this.#failure = null;
    let answer: Answer | null = null;
    try {
      answer = await this.#api.call('ownDrawings', request);
    } catch (error) {
      const failure = toFailure(error, 'Your drawings');
      // The window's notices lie behind the dialog.
      if (this.#isOpen) this.#failure = failure;
      else this.#parts.notices.add(failure);
    }
    this.#isBusy = false;
    if (answer) this.#answer = answer;
    return answer;
  }

  async #readPictures(): Promise<void> {
    const missing = this.drawings.filter((drawing) => this.pictureOf(drawing) === undefined);
    for (let from = 0; from < missing.length && this.#isOpen; from += MOST_PICTURES) {
      const wanted = missing.slice(from, from + MOST_PICTURES).map(idOf);
      const read = await this.#parts.notices.attempt('Your drawings', () =>
        this.#api.call('drawingPictures', wanted),
      );
      if (!read) return;
      const all = { ...this.#pictures };
      for (const { drawing, image } of read) all[keyOf(drawing)] = image;
      this.#pictures = all;
    }
  }
}
