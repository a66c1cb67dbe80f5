import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDatasetName } from '../../../shared/dataset-names.ts';
import type { FittedPicture } from '../../../shared/dataset-requests.ts';
import { imageFits } from '../../../shared/fields/choices.ts';
import { coloursOf, type PictureSize } from '../../../shared/picture-fit.ts';
import type { DataSettings } from '../data/data-settings.ts';
import type { PictureForm } from '../data/pictures/picture-form.ts';
import { uprightSize } from '../data/pictures/picture-header.ts';
import { readPictureHeader } from '../data/pictures/read-picture-header.ts';
import type { ReadingWatch } from '../data/raw-dataset.ts';
import { picturesOf } from '../data/read-tree.ts';
import { openTree } from '../data/tree/open-tree.ts';
import type { Tree, TreeFile } from '../data/tree/tree.ts';
import { decodePicture } from '../tensorflow/picture-decoder.ts';

/** Most pictures that are tried to find one on which the fits differ. */
const MOST_TRIED = 24;
/** Pixels of the longer side of a picture that is shown whole. */
const WHOLE_SIDE = 160;
/** Most bytes of a file; a larger one would take too long for a look. */
const MOST_BYTES = 64 * 2 ** 20;
/** Two shapes count as different if their ratios of height to width differ by more than this share. */
const SAME_SHAPE = 0.02;

/** What the window needs to show how pictures are fitted. */
interface Fitting {
  /** Whether the settings name picture files. */
  arePictures: boolean;
  /** Null if none of the first pictures can be read. */
  picture: FittedPicture | null;
}

/** What each fit makes of a picture: the first whose shape differs from the examples', else the first that can be read. */
export async function fitPicture(settings: DataSettings, watch: ReadingWatch): Promise<Fitting> {
  const place = resolve(settings.dataset);
  const none = { arePictures: false, picture: null };
  if (isDatasetName(settings.dataset) || !existsSync(place)) return none;
  const tree = await openTree(place, watch);
  try {
    const list = await picturesOf(tree, watch);
    if (!list) return none;
    const paths = new Set(list.pictures.map(({ path }) => path));
    const files = tree.files.filter(({ path }) => paths.has(path)).slice(0, MOST_TRIED);
    return { arePictures: true, picture: await findPicture(tree, files, settings) };
  } finally {
    await tree.close();
  }
}

async function findPicture(
  tree: Tree,
  files: readonly TreeFile[],
  settings: DataSettings,
): Promise<FittedPicture | null> {
  const { imageSize } = settings;
  let first: FittedPicture | null = null;
  for await (const content of tree.read(files, MOST_BYTES)) {
    if ('damage' in content) continue;
    const { bytes, file } = content;
    try {
      const stored = uprightSize(readPictureHeader(bytes));
      const isOther = imageSize === null || !hasShape(stored, imageSize);
      if (first !== null && !isOther) continue;
      const picture = makeFits(file.path, bytes, stored, settings);
      if (isOther) return picture;
      first = picture;
    } catch {
      // What is wrong with this file is reported when all of them are read.
    }
  }
  return first;
}

const hasShape = (
  { height, width }: PictureSize,
  [rows, columns]: readonly [number, number],
): boolean => Math.abs((height * columns) / (width * rows) - 1) < SAME_SHAPE;

/** @throws Error where the picture cannot be decoded */
function makeFits(
  path: string,
  bytes: Buffer,
  stored: PictureSize,
  settings: DataSettings,
): FittedPicture {
  const channels = settings.channels ?? (readPictureHeader(bytes).hasColour ? 3 : 1);
  const scale = Math.min(1, WHOLE_SIDE / Math.max(stored.height, stored.width));
  const shrunk = (side: number): number => Math.max(1, Math.round(side * scale));
  const whole = { height: shrunk(stored.height), width: shrunk(stored.width) };
  const [height, width] = settings.imageSize ?? [whole.height, whole.width];
  const decoded = (form: Pick<PictureForm, 'height' | 'width' | 'fit'>): Uint8Array =>
    decodePicture(bytes, { ...form, channels, background: coloursOf(settings.background) });
  return {
    path,
    stored,
    channels,
    whole: { ...whole, pixels: decoded({ ...whole, fit: 'stretch' }) },
    examples: imageFits.map((fit) => ({
      ...{ fit, height, width },
      pixels: decoded({ height, width, fit }),
    })),
  };
}
