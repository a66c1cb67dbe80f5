import { formatCount } from '../../shared/format.ts';
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
