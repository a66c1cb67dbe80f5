import { FailureError, type Failure } from '../../../../shared/ipc.ts';
import { printable } from '../../../../shared/shown.ts';
import { checkClassNames, checkFolderNames, sortedClassNames } from '../class-checks.ts';
import { partOfWord } from '../../../../shared/part-of-word.ts';
import type { Tree, TreeFile } from '../tree/tree.ts';
import type { PictureList } from './picture-list.ts';

/** Reads folders of pictures: the name of a picture's folder is its class. */

/** Names of files that are taken for pictures; their content is checked when they are decoded. */
const PICTURE = /\.(?:png|jpe?g|jfif|bmp|gif)$/i;
/** Names of pictures in formats that are not read here. */
const OTHER_PICTURE = /\.(?:webp|tiff?|heic|heif|avif|svg|jxl|jp2|psd|ico|dng|cr2|nef|arw)$/i;

/** Whether a file is a picture, judged by its name. */
export const isPictureName = (path: string): boolean => PICTURE.test(path);

/** Whether a tree holds pictures in folders, judged by their names. */
export const hasPictureFolders = ({ files }: Tree): boolean =>
  files.some(({ path }) => PICTURE.test(path) && path.includes('/'));

interface Placed {
  path: string;
  /** The folders above the file, without those that all files share. */
  folders: string[];
}

/**
 * Lists the pictures of a tree by class. Folders named train, val and test above the classes are the dataset's parts.
 * @throws FailureError that names the folder that is wrong
 */
export function listClassFolders(tree: Tree): PictureList {
  const { place } = tree;
  const pictures = tree.files.filter(({ path }) => PICTURE.test(path)).map(placed);
  const common = commonFolders(pictures);
  const below = pictures.map(({ path, folders }) => ({ path, folders: folders.slice(common) }));
  const hasParts = below.some(({ folders: [first = ''] }) => partOfWord(first) === 'train');
  const isSorted = ({ folders }: Placed): boolean =>
    folders.length > (hasParts && partOfWord(folders[0] ?? '') !== null ? 1 : 0) &&
    (!hasParts || partOfWord(folders[0] ?? '') !== null);
  const sorted = below.filter(isSorted);
  const classOf = ({ folders }: Placed): string => folders[hasParts ? 1 : 0] ?? '';
  const classNames = sortedClassNames(sorted.map(classOf));
  checkEmptyFolders(tree, common, hasParts, classNames);
  checkClassNames(classNames, place);
  checkFolderNames(classNames, place);
  const labels = new Map(classNames.map((name, label) => [name, label]));
  const list: PictureList = {
    classNames,
    pictures: sorted.map((picture) => ({
      path: picture.path,
      label: labels.get(classOf(picture)) ?? 0,
      part: hasParts ? partOfWord(picture.folders[0] ?? '') : null,
    })),
    findings: [
      ...tree.findings,
      ...passedOver(
        place,
        below.filter((picture) => !isSorted(picture)).map(({ path }) => path),
        ['in no class’s folder', 'in no class’s folder'],
        'Put them into the folder of what they show.',
      ),
      ...otherFiles(place, tree.files),
    ],
  };
  checkTrained(list, place);
  return list;
}

const placed = ({ path }: TreeFile): Placed => ({ path, folders: path.split('/').slice(0, -1) });

/** Number of folders that all pictures share and that mean nothing, such as the one that an archive puts everything into. */
function commonFolders(pictures: readonly Placed[]): number {
  let common = 0;
  for (;;) {
    const names = new Set(pictures.map(({ folders }) => folders[common]));
    const [only] = names;
    const isDeeper = pictures.every(({ folders }) => folders.length > common + 1);
    if (names.size !== 1 || only === undefined || partOfWord(only) !== null || !isDeeper)
      return common;
    common++;
  }
}

/** Refuses a folder without pictures beside the classes' folders: it is a class that somebody forgot to fill. */
function checkEmptyFolders(
  { place, folders }: Tree,
  common: number,
  hasParts: boolean,
  classNames: readonly string[],
): void {
  const depth = common + (hasParts ? 2 : 1);
  const empty = folders.find((folder) => {
    const names = folder.split('/');
    if (names.length !== depth || (hasParts && partOfWord(names[common] ?? '') === null))
      return false;
    return !classNames.includes(names[depth - 1] ?? '');
  });
  if (empty === undefined) return;
  throw new FailureError({
    what: `The folder ${printable(empty)} holds no picture that can be read.`,
    where: place,
    remedy: 'Put pictures of that class into it (PNG, JPEG, BMP or GIF), or remove the folder.',
  });
}

/** Refuses a class without training pictures. */
function checkTrained({ classNames, pictures }: PictureList, place: string): void {
  const trained = new Set(
    pictures.filter(({ part }) => part === null || part === 'train').map(({ label }) => label),
  );
  const missing = classNames.find((_, label) => !trained.has(label));
  if (missing === undefined) return;
  throw new FailureError({
    what: `There are test or validation pictures of ${printable(missing)}, but none to train on.`,
    where: place,
    remedy: `Put pictures of ${printable(missing)} into a folder of that name below train, or take the class out of the other parts.`,
  });
}

const MOST_NAMED = 3;

function passedOver(
  where: string,
  paths: readonly string[],
  [one, several]: readonly [string, string],
  remedy: string,
): Failure[] {
  if (paths.length === 0) return [];
  const names = paths.slice(0, MOST_NAMED).map(printable).join(', ');
  const more = paths.length > MOST_NAMED ? `, and ${paths.length - MOST_NAMED} more` : '';
  const why =
    paths.length === 1
      ? `1 file is left out: it is ${one}`
      : `${paths.length} files are left out: they are ${several}`;
  return [{ what: `${why}: ${names}${more}.`, where, remedy }];
}

function otherFiles(place: string, files: readonly TreeFile[]): Failure[] {
  const others = files.filter(({ path }) => !PICTURE.test(path)).map(({ path }) => path);
  return [
    ...passedOver(
      place,
      others.filter((path) => OTHER_PICTURE.test(path)),
      ['of a format that is not read here', 'of formats that are not read here'],
      'Convert them to PNG or JPEG.',
    ),
    ...passedOver(
      place,
      others.filter((path) => !OTHER_PICTURE.test(path) && path.includes('/')),
      ['not a picture, by its name', 'no pictures, by their names'],
      'Nothing need be done.',
    ),
  ];
}
