import { formatCount } from '../shared/format.ts';
import { FailureError } from '../shared/ipc.ts';
import {
  MOST_OWN_DRAWINGS,
  type DrawingId,
  type OwnDrawings as Answer,
  type OwnDrawingsRequest,
  type PixelBytes,
} from '../shared/own-drawings.ts';
import { PAD } from '../shared/strokes.ts';
import {
  mendDrawings,
  moveDrawing,
  newName,
  removeAside,
  setAside,
  takeBack,
  writeDrawing,
} from './drawing-files.ts';
import { encodePng } from './png-file.ts';
import type { Preferences } from './preferences-file.ts';
import { attempt, copyAll, readAll, readPicture } from './read-drawings.ts';
import { findDrawings, picturePath } from './trainer/files/find-drawings.ts';

/** Asks the person for a folder; null if they cancelled. */
export interface DrawingDialogs {
  folderToKeepIn(): Promise<string | null>;
  folderToCopyTo(): Promise<string | null>;
  reveal(path: string): Promise<void>;
}

type Keep = Extract<OwnDrawingsRequest, { type: 'keep' }>;

/** The drawings that a person keeps with what they really are. */
export class OwnDrawings {
  readonly #preferences: Preferences;
  readonly #dialogs: DrawingDialogs;
  /** One request after the other: each sees what the one before has left. */
  #last: Promise<unknown> = Promise.resolve();
  /** Where what a crash left was seen to in this session. */
  #mended: string | null = null;

  constructor(preferences: Preferences, dialogs: DrawingDialogs) {
    this.#preferences = preferences;
    this.#dialogs = dialogs;
  }

  get place(): string | null {
    return this.#preferences.get('ownDrawings');
  }

  /**
   * Carries out a request.
   * @returns all drawings afterwards; null: the person cancelled a dialog
   * @throws FailureError where it cannot be done; what was there is there still
   */
  carryOut(request: OwnDrawingsRequest): Promise<Answer | null> {
    return this.#after(() => this.#carryOut(request));
  }

  /** The pictures of some drawings; those that cannot be read are left out, for the list has told of them. */
  pictures(wanted: readonly DrawingId[]): Promise<{ drawing: DrawingId; image: PixelBytes }[]> {
    return this.#after(async () => {
      const root = this.place;
      const read: { drawing: DrawingId; image: PixelBytes }[] = [];
      for (const drawing of root === null ? [] : wanted) {
        const image = await readPicture(root ?? '', drawing).catch(() => null);
        if (image) read.push({ drawing, image });
      }
      return read;
    });
  }

  async #after<T>(action: () => Promise<T>): Promise<T> {
    const next = this.#last.then(action);
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #carryOut(request: OwnDrawingsRequest): Promise<Answer | null> {
    if (request.type === 'list') return this.#list();
    const mayChoose = request.type === 'keep' || request.type === 'choose';
    if (request.type === 'choose' || (mayChoose && this.place === null)) {
      const chosen = await this.#dialogs.folderToKeepIn();
      if (chosen === null) return null;
      this.#preferences.set('ownDrawings', chosen);
      if (request.type === 'choose') return this.#list();
    }
    const root = this.#chosen();
    await this.#mend(root);
    switch (request.type) {
      case 'keep':
        return this.#list({ drawing: await this.#keep(root, request) });
      case 'relabel': {
        const { drawing, folder } = request;
        if (drawing.folder !== folder)
          await attempt('The drawing could not be moved', picturePath(root, drawing), () =>
            moveDrawing(root, drawing, folder),
          );
        return this.#list({ drawing: { ...drawing, folder } });
      }
      case 'delete':
        await attempt('The drawing could not be deleted', picturePath(root, request.drawing), () =>
          setAside(root, request.drawing),
        );
        return this.#list();
      case 'restore':
        await attempt('The drawing could not be put back', root, () =>
          takeBack(root, request.drawing),
        );
        return this.#list({ drawing: request.drawing });
      case 'forget':
        await attempt('The drawing could not be deleted', root, () =>
          removeAside(root, request.drawing.name),
        );
        return this.#list();
      case 'export': {
        const chosen = await this.#dialogs.folderToCopyTo();
        return chosen === null ? null : this.#list({ copiedTo: await copyAll(root, chosen) });
      }
      case 'reveal':
        await this.#dialogs.reveal(root);
        return this.#list();
    }
  }

  #chosen(): string {
    const { place } = this;
    if (place !== null) return place;
    throw new FailureError({
      what: 'No folder for your drawings was chosen yet.',
      where: 'Draw',
      remedy: 'Keep a drawing first: you are asked for a folder then.',
    });
  }

  async #mend(root: string): Promise<void> {
    if (this.#mended === root) return;
    await attempt('The folder of your drawings cannot be used', root, () => mendDrawings(root));
    this.#mended = root;
  }

  async #keep(root: string, { folder, image, drawn }: Keep): Promise<DrawingId> {
    const now = new Date();
    const drawing = { folder, name: newName(now) };
    const { height, width, channels } = image;
    const file = drawn && {
      ...({ format: 'firstlayer-drawing', version: 1 } as const),
      kept: now.toISOString(),
      pad: PAD,
      image: { height, width, channels },
      ...drawn,
    };
    await attempt(`The ${drawn ? 'drawing' : 'picture'} could not be kept`, root, async () => {
      const { drawings } = await findDrawings(root);
      if (drawings.length >= MOST_OWN_DRAWINGS) throw tooMany(root);
      await writeDrawing(root, drawing, encodePng(image), file);
    });
    return drawing;
  }

  async #list(told: Partial<Pick<Answer, 'drawing' | 'copiedTo'>> = {}): Promise<Answer> {
    const { place } = this;
    const answer: Answer = {
      ...{ place, drawings: [], problems: [], drawing: null, copiedTo: null },
      ...told,
    };
    if (place === null) return answer;
    try {
      await this.#mend(place);
      return { ...answer, ...(await readAll(place)) };
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      return { ...answer, problems: [error.failure] };
    }
  }
}

const tooMany = (root: string): FailureError =>
  new FailureError({
    what: `${formatCount(MOST_OWN_DRAWINGS)} drawings are kept there already.`,
    where: root,
    remedy: 'Choose another folder for more of them.',
  });
