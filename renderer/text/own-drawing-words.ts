import { firstFew, formatCount } from '../../shared/format.ts';
import { classFolders, drawingsText, type OwnDrawing } from '../../shared/own-drawings.ts';
import { classNameAt, classText } from './class-words.ts';

/** The person's own drawings, in words. */

/** What is known of one that is kept: strokes lie beside what was drawn. */
type Kept = Pick<OwnDrawing, 'hasStrokes'>;

/** What one of them is called: a picture was not drawn on the pad. */
const keptWords = { drawing: 'drawing', picture: 'picture' };
export const keptWord = ({ hasStrokes }: Kept): string =>
  hasStrokes ? keptWords.drawing : keptWords.picture;

/** "1 drawing", "12 pictures", "3 drawings and pictures". */
export function keptText(kept: readonly Kept[]): string {
  const count = kept.length;
  const [areDrawings = true, ...others] = new Set(kept.map(({ hasStrokes }) => hasStrokes));
  if (others.length > 0) return `${formatCount(count)} drawings and pictures`;
  return areDrawings
    ? drawingsText(count)
    : `${formatCount(count)} ${count === 1 ? 'picture' : 'pictures'}`;
}

/** Sizes that are told one by one. */
const MOST_SIZES = 4;

/** What a person should know of drawings of several sizes that lie in one folder; null: all have one. */
export function mixedSizesText(
  kept: readonly Pick<OwnDrawing, 'height' | 'width'>[],
): string | null {
  const counts = new Map<string, number>();
  for (const { height, width } of kept) {
    const size = `${height}×${width}`;
    counts.set(size, (counts.get(size) ?? 0) + 1);
  }
  if (counts.size < 2) return null;
  const sizes = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([size, count]) => `${formatCount(count)} of ${size}`);
  return `Several sizes are kept here (${firstFew(sizes, MOST_SIZES)}): in training and in Mistakes each is brought to the size of the images there, and may get blurred; to keep them apart, choose another folder for each size.`;
}

/** The class whose folder it is; a class of no present network is called as its folder is, and has no label. */
export function classOfFolder(
  folder: string,
  classNames: readonly string[],
): { label: number | null; name: string } {
  const label = classFolders(classNames).indexOf(folder);
  return label < 0
    ? { label: null, name: classText(folder) }
    : { label, name: classNameAt(classNames, label) };
}

/** Drawings of one class, in the order in which they were kept. */
export interface DrawingsOfClass {
  folder: string;
  name: string;
  drawings: readonly OwnDrawing[];
}

/** By class, in the order of the network's classes; others follow by name. */
export function drawingsByClass(
  drawings: readonly OwnDrawing[],
  classNames: readonly string[],
): DrawingsOfClass[] {
  const folders = [...new Set(drawings.map(({ folder }) => folder))];
  return folders
    .map((folder) => ({ folder, ...classOfFolder(folder, classNames) }))
    .sort((a, b) => (a.label ?? classNames.length) - (b.label ?? classNames.length))
    .map(({ folder, name }) => ({
      folder,
      name,
      drawings: drawings.filter((drawing) => drawing.folder === folder),
    }));
}

/** Those of the classes that there are; where these are not known, all. */
export function fittingDrawings(
  drawings: readonly OwnDrawing[],
  classNames: readonly string[],
): readonly OwnDrawing[] {
  if (classNames.length === 0) return drawings;
  const folders = new Set(classFolders(classNames));
  return drawings.filter(({ folder }) => folders.has(folder));
}

/** When a drawing was kept, of its name, which has it in UTC. */
export function keptAt(name: string): number {
  const [, day = '', hours = '', minutes = '', seconds = ''] =
    /^(\d{4}-\d\d-\d\d)-(\d\d)(\d\d)(\d\d)-/.exec(name) ?? [];
  return Date.parse(`${day}T${hours}:${minutes}:${seconds}Z`);
}
