import type { PictureFile } from '../../shared/picture-file.ts';
import { delaysOf, FilmGif, paletteOf } from '../chart/film-gif.ts';
import { evenFrames } from '../chart/film.ts';
import { paintSheet, sizeOfSheet, type Sheet, type SheetStyle } from '../chart/filter-sheet.ts';
import type { Rgb } from '../../shared/diverging-scale.ts';
import type { FilterFilm } from './filter-film.svelte.ts';
import type { SavingContext } from './saving-context.ts';

/** Enough to be seen as motion. */
const MOST_PICTURES = 40;

/** What of the style the window alone knows. */
type WindowStyle = Pick<SheetStyle, 'look' | 'scale' | 'colours'>;

/** Saves the filters as pictures: as they are shown, or through training. */
export class FilmExport {
  readonly #context: SavingContext;
  readonly #film: FilterFilm;
  #drawn = $state<number | null>(null);

  constructor(context: SavingContext, film: FilterFilm) {
    this.#context = context;
    this.#film = film;
  }

  /** How much of a film is drawn, 0 to 1; null: none is being made. */
  get drawn(): number | null {
    return this.#drawn;
  }

  /** Draws what is asked for, has the person choose where, and says what was saved. */
  async save(format: 'png' | 'gif', window: WindowStyle): Promise<void> {
    if (this.#drawn !== null) return;
    const { api, notices, toasts } = this.#context;
    const film = this.#film;
    const style: SheetStyle = { ...window, measure: film.measure, limit: film.limit };
    const numbers = format === 'png' ? [film.index] : evenFrames(film.frames, MOST_PICTURES);
    const sheets = numbers.map((number) => this.#sheetAt(number));
    await notices.attempt('Save the filters', async () => {
      const bytes =
        format === 'png' ? await pngOf(sheets[0], style) : await this.#gifOf(sheets, style);
      const file: PictureFile = { name: 'first-layer-filters', format, bytes };
      const path = await api.call('savePicture', file);
      const what = format === 'png' ? 'The picture' : `The film, ${sheets.length} pictures,`;
      if (path !== null) toasts.show(`${what} is saved as ${path}.`);
    });
  }

  #sheetAt(index: number): Sheet {
    const film = this.#film;
    const { step = 0, dead = null } = film.frames[index] ?? {};
    return {
      kernels: film.kernelsAt(index),
      dead: (dead ?? []).map((filter) => filter + 1),
      step,
    };
  }

  /** Between pictures the window goes on. */
  async #gifOf(sheets: readonly Sheet[], style: SheetStyle): Promise<Uint8Array> {
    this.#drawn = 0;
    try {
      const context = contextOf(sheets[0], style);
      const delays = delaysOf(sheets.length);
      const gif = new FilmGif(style.look === 'colour' ? null : sheetPalette(context, style));
      for (const [k, sheet] of sheets.entries()) {
        paintSheet(context, sheet, style);
        const { width, height } = context.canvas;
        gif.add(context.getImageData(0, 0, width, height), delays[k] ?? 0);
        this.#drawn = (k + 1) / sheets.length;
        await new Promise((resolve) => setTimeout(resolve));
      }
      return gif.finish();
    } finally {
      this.#drawn = null;
    }
  }
}

function contextOf(
  sheet: Sheet | undefined,
  { look }: SheetStyle,
): OffscreenCanvasRenderingContext2D {
  const [width, height] = sizeOfSheet({ kernels: sheet?.kernels ?? [] }, look);
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('The picture cannot be drawn: there is no canvas.');
  return context;
}

async function pngOf(sheet: Sheet | undefined, style: SheetStyle): Promise<Uint8Array> {
  if (!sheet) throw new Error('There are no filters to be drawn.');
  const context = contextOf(sheet, style);
  paintSheet(context, sheet, style);
  const blob = await context.canvas.convertToBlob({ type: 'image/png' });
  return new Uint8Array(await blob.arrayBuffer());
}

/** The colours as the canvas has them. */
function sheetPalette(
  context: OffscreenCanvasRenderingContext2D,
  { scale, colours }: SheetStyle,
): Rgb[] {
  const rgbOf = (colour: string): Rgb => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue];
  };
  const others = [colours.text, colours.border, colours.bad].map(rgbOf);
  return paletteOf(scale, rgbOf(colours.ground), others);
}
