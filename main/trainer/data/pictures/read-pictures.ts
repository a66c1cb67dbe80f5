import { FailureError } from '../../../../shared/ipc.ts';
import { printable } from '../../../../shared/shown.ts';
import { MOST_SIDE } from '../../../../shared/fields/data.ts';
import { messageOf } from '../../../../shared/system-errors.ts';
import type { DataSettings, ReadingTools } from '../data-settings.ts';
import type { RawDataset } from '../raw-dataset.ts';
import type { Tree, TreeContent } from '../tree/tree.ts';
import { PictureExamples } from './picture-examples.ts';
import { coloursOf } from '../../../../shared/picture-fit.ts';
import type { PictureForm } from './picture-form.ts';
import { uprightSize } from './picture-header.ts';
import { readPictureHeader } from './read-picture-header.ts';
import type { PictureList } from './picture-list.ts';

/** Makes examples of picture files one after the other, with no more than one file in memory. */

type Settings = Pick<DataSettings, 'imageSize' | 'fit' | 'channels' | 'background' | 'damaged'>;

/** Most bytes of a picture file. */
const MOST_FILE_BYTES = 512 * 2 ** 20;

/**
 * Reads the pictures of a list and makes examples of them.
 * @throws FailureError that names the picture that is wrong, or what does not fit
 */
export async function readPictures(
  tree: Tree,
  list: PictureList,
  settings: Settings,
  { decode, watch }: ReadingTools,
): Promise<RawDataset> {
  const form = await formOf(tree, list, settings);
  const examples = new PictureExamples(tree.place, list, form);
  const isLeftOut = settings.damaged === 'leave-out';
  const damage = (path: string, why: string): void => {
    if (!isLeftOut) throw damagedPicture(tree.place, path, why);
    examples.leaveOut(path, why);
  };
  const files = new Map(tree.files.map((file) => [file.path, file]));
  for (const { path } of list.pictures) if (!files.has(path)) damage(path, 'is not there');
  const wanted = list.pictures.flatMap(({ path }) => files.get(path) ?? []);
  let done = 0;
  for await (const content of tree.read(wanted, MOST_FILE_BYTES)) {
    watch.signal.throwIfAborted();
    const { path } = content.file;
    const made = decodeContent(content, form, settings.imageSize !== null, decode);
    if (typeof made === 'string') damage(path, made);
    else examples.add(path, made);
    watch.progress(++done, wanted.length, 'pictures');
    // Requests to stop, and other requests, get a turn between two pictures.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return examples.end(settings.channels === null);
}

/** The example's bytes, or why it cannot be made. */
function decodeContent(
  content: TreeContent,
  form: PictureForm,
  isResized: boolean,
  decode: ReadingTools['decode'],
): Uint8Array | string {
  if ('damage' in content) return content.damage;
  try {
    if (!isResized) {
      const { height, width } = uprightSize(readPictureHeader(content.bytes));
      if (height !== form.height || width !== form.width)
        return `is ${height}×${width}, where the first picture is ${form.height}×${form.width}; --image-size (data.imageSize) brings all to one size`;
    }
    return decode(content.bytes, form);
  } catch (error) {
    return messageOf(error);
  }
}

const damagedPicture = (place: string, path: string, why: string): FailureError =>
  new FailureError({
    what: `The picture ${printable(path)} cannot be taken: it ${why}.`,
    where: place,
    remedy:
      'Replace or remove it; or leave out what cannot be read, with --damaged leave-out (data.damaged).',
  });

/** If no size was asked for, all pictures must have the size of the first. */
async function formOf(
  tree: Tree,
  list: PictureList,
  { imageSize, fit, channels, background }: Settings,
): Promise<PictureForm> {
  const rest = { fit, channels: channels ?? 3, background: coloursOf(background) };
  if (imageSize) return { height: imageSize[0], width: imageSize[1], ...rest };
  const size = await firstSize(tree, list);
  if (size.height <= MOST_SIDE && size.width <= MOST_SIDE) return { ...size, ...rest };
  throw new FailureError({
    what: `The pictures are ${size.height}×${size.width}; the most is ${MOST_SIDE} pixels to a side.`,
    where: tree.place,
    remedy: 'Bring them to a smaller size with --image-size 64 (data.imageSize), say.',
  });
}

async function firstSize(tree: Tree, { pictures }: PictureList) {
  const paths = new Set(pictures.map(({ path }) => path));
  const files = tree.files.filter(({ path }) => paths.has(path));
  for await (const content of tree.read(files, MOST_FILE_BYTES)) {
    try {
      if ('bytes' in content) return uprightSize(readPictureHeader(content.bytes));
    } catch {
      // What is wrong with it is reported when its turn comes.
    }
  }
  throw new FailureError({
    what: 'None of the pictures can be read.',
    where: tree.place,
    remedy: 'Check that they are PNG, JPEG, BMP or GIF files.',
  });
}
