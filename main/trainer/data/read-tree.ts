import { basename, dirname, join } from 'node:path';
import { firstFew } from '../../../shared/format.ts';
import { FailureError } from '../../../shared/ipc.ts';
import { printable } from '../../../shared/shown.ts';
import { commandOf } from '../files/command-name.ts';
import type { CsvFile } from './csv/csv-file.ts';
import { readCsv } from './csv/csv-tables.ts';
import type { DataSettings, ReadingTools } from './data-settings.ts';
import { holdsCifarBatches, readCifarBinary } from './named/cifar-binary.ts';
import { readNpz } from './npz/npz-dataset.ts';
import { hasPictureFolders, isPictureName, listClassFolders } from './pictures/class-folders.ts';
import type { PictureList } from './pictures/picture-list.ts';
import { readPictures } from './pictures/read-pictures.ts';
import type { RawDataset, ReadingWatch } from './raw-dataset.ts';
import type { Tree, TreeFile } from './tree/tree.ts';

/** Decides which reader reads the files of a folder or an archive. */

const ARRAY = /\.npy$/i;
const TABLE = /\.(?:csv|tsv)$/i;

/**
 * Reads arrays, tables, CIFAR-10’s binary batches, or pictures in folders or named by a table.
 * @throws FailureError that says what there is instead
 */
export async function readTree(
  tree: Tree,
  settings: DataSettings,
  tools: ReadingTools,
): Promise<RawDataset> {
  const arrays = tree.files.filter(({ path }) => ARRAY.test(path));
  if (arrays.length > 0) return withFindings(tree, await readArrays(tree, arrays, tools.watch));
  if (holdsCifarBatches(tree)) return readCifarBinary(tree);
  const tables = tree.files.filter(({ path }) => TABLE.test(path));
  const hasPictures = tree.files.some(({ path }) => isPictureName(path));
  if (tables.length > 0 && !hasPictures) {
    const content = await readTables(tree, tables, tools.watch);
    if (content.kind === 'pixels') return withFindings(tree, content.dataset);
    throw missingPictures(tree, content.list);
  }
  return readPictures(tree, await listPictures(tree, tables, tools.watch), settings, tools);
}

/**
 * The pictures that a dataset consists of; null if it does not consist of picture files.
 * @throws FailureError that says what is wrong with the folders or the table
 */
export async function picturesOf(tree: Tree, watch: ReadingWatch): Promise<PictureList | null> {
  const isOther = tree.files.some(({ path }) => ARRAY.test(path)) || holdsCifarBatches(tree);
  if (isOther || !tree.files.some(({ path }) => isPictureName(path))) return null;
  const tables = tree.files.filter(({ path }) => TABLE.test(path));
  return listPictures(tree, tables, watch);
}

/** The pictures that a table names, else those in folders. */
const listPictures = async (
  tree: Tree,
  tables: readonly TreeFile[],
  watch: ReadingWatch,
): Promise<PictureList> => (await listOfTable(tree, tables, watch)) ?? listOfFolders(tree);

const withFindings = ({ findings }: Tree, raw: RawDataset): RawDataset => ({
  ...raw,
  findings: [...findings, ...raw.findings],
});

/** Passes on a file's bytes as they come, and reports how many have come. */
async function* watchedPieces(tree: Tree, file: TreeFile, watch: ReadingWatch) {
  let done = 0;
  for await (const piece of tree.stream(file)) {
    watch.signal.throwIfAborted();
    yield piece;
    watch.progress((done += piece.length), file.bytes, 'bytes');
  }
}

async function readArrays(
  tree: Tree,
  arrays: readonly TreeFile[],
  watch: ReadingWatch,
): Promise<RawDataset> {
  const named = arrays.map(
    (file) => [file.path, { bytes: file.bytes, pieces: watchedPieces(tree, file, watch) }] as const,
  );
  return unlessStopped(watch, () => readNpz(tree.place, new Map(named)));
}

function readTables(tree: Tree, tables: readonly TreeFile[], watch: ReadingWatch) {
  const files = tables.map((file): CsvFile => {
    const path = tree.files.length === 1 ? tree.place : join(tree.place, file.path);
    return { path, bytes: file.bytes, pieces: watchedPieces(tree, file, watch) };
  });
  return unlessStopped(watch, () => readCsv(tree.place, files));
}

/** A reader reports an abort like any fault of its file; this turns it back into the signal's reason. */
async function unlessStopped<T>({ signal }: ReadingWatch, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

const listOfFolders = (tree: Tree): PictureList => {
  if (hasPictureFolders(tree)) return listClassFolders(tree);
  throw nothingKnown(tree);
};

/** A table is believed if at least this share of the files that it names exist. */
const MOSTLY = 0.5;

/** The pictures that tables name; null if no table names pictures that are there. */
async function listOfTable(
  tree: Tree,
  tables: readonly TreeFile[],
  watch: ReadingWatch,
): Promise<PictureList | null> {
  if (tables.length === 0) return null;
  try {
    const content = await readTables(tree, tables, watch);
    if (content.kind !== 'pictures') return null;
    const pathOf = picturePaths(tree, dirname(tables[0]?.path ?? ''));
    const pictures = content.list.pictures.map((picture) => ({
      ...picture,
      path: pathOf(picture.path) ?? picture.path,
    }));
    const there = pictures.filter(({ path }) => pathOf(path) === path).length;
    return there >= pictures.length * MOSTLY ? { ...content.list, pictures } : null;
  } catch (error) {
    watch.signal.throwIfAborted();
    // The folders may still say what the pictures show, whatever the table beside them is.
    if (error instanceof FailureError && hasPictureFolders(tree)) return null;
    throw error;
  }
}

/** Finds the file of a picture that a table names: below the table's folder, or anywhere if only one file has that name. */
function picturePaths({ files }: Tree, folder: string): (named: string) => string | null {
  const paths = new Set(files.map(({ path }) => path));
  const byName = new Map<string, string | null>();
  for (const path of paths) {
    const name = basename(path);
    byName.set(name, byName.has(name) ? null : path);
  }
  return (named) => {
    const below = folder === '.' ? named : `${folder}/${named}`;
    if (paths.has(below)) return below;
    return paths.has(named) ? named : (byName.get(basename(named)) ?? null);
  };
}

const missingPictures = (tree: Tree, { pictures }: PictureList): FailureError =>
  new FailureError({
    what: `The table names ${pictures.length} picture files, such as ${printable(pictures[0]?.path ?? '')}, but none of them is there.`,
    where: tree.place,
    remedy: 'Name the folder or archive that holds both the table and the pictures.',
  });

const MOST_NAMED = 5;

function nothingKnown({ place, files }: Tree): FailureError {
  const paths = files.map(({ path }) => path);
  return new FailureError({
    what:
      files.length === 0
        ? 'There is no file in it.'
        : `It holds nothing that is known as images to learn from: ${printable(firstFew(paths, MOST_NAMED))}.`,
    where: place,
    remedy: WANTED,
  });
}

const WANTED = `Name a folder with a folder of pictures (PNG, JPEG, BMP, GIF) for each class; a .zip or .tar.gz of one; a CSV table of labels and pixels, or of file names and labels; an NPZ file with x_train, y_train, x_test and y_test; a folder of four IDX files as MNIST’s; or a set by its name (${commandOf('data')} list).`;
