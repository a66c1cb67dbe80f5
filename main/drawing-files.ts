import { mkdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { strokesFileSchema, type DrawingId, type StrokesFile } from '../shared/own-drawings.ts';
import { hasCode, syncFolder, UNFINISHED, writeSynced } from './trainer/files/durable-files.ts';
import {
  findDrawings,
  PICTURE,
  picturePath,
  STROKES,
  strokesPath,
} from './trainer/files/find-drawings.ts';

/**
 * The files of a person's own drawings. A drawing is kept when its picture has its name in its class's folder: what is unfinished, and
 * what is being removed, lies in the folder itself under a name that begins with `UNFINISHED`. Only files named as ours are ever touched.
 */

const asidePath = (root: string, name: string, ending: string): string =>
  join(root, `${UNFINISHED}${name}${ending}`);

/** When it was kept, and eight digits by chance: no two drawings have one name, whatever their class. */
export function newName(now: Date): string {
  const [day = '', time = ''] = now.toISOString().split('T');
  return `${day}-${time.slice(0, 8).replaceAll(':', '')}-${crypto.randomUUID().slice(0, 8)}`;
}

/**
 * Writes its files, the picture's name last of all that can fail. What was there stays, whatever happens.
 * @param strokes null: it was not drawn
 */
export async function writeDrawing(
  root: string,
  drawing: DrawingId,
  picture: Uint8Array,
  strokes: StrokesFile | null,
): Promise<void> {
  try {
    if (strokes) {
      const text = `${JSON.stringify(v.parse(strokesFileSchema, strokes))}\n`;
      await writeSynced(asidePath(root, drawing.name, STROKES), text);
    }
    await writeSynced(asidePath(root, drawing.name, PICTURE), picture);
    await takeBack(root, drawing);
  } catch (error) {
    // What fails here too, the next start ends.
    await takeOut(root, drawing).catch(() => undefined);
    await removeAside(root, drawing.name).catch(() => undefined);
    throw error;
  }
}

/** What of a drawing is in its place is set aside. */
async function takeOut(root: string, drawing: DrawingId): Promise<void> {
  await renameIfThere(strokesPath(root, drawing), asidePath(root, drawing.name, STROKES));
  await renameIfThere(picturePath(root, drawing), asidePath(root, drawing.name, PICTURE));
  await removeIfEmpty(join(root, drawing.folder));
}

/** Sets a drawing aside: it is none of the set any more, and can be had back. */
export async function setAside(root: string, drawing: DrawingId): Promise<void> {
  const { name } = drawing;
  // The strokes first: as long as the picture is in its place, so is the drawing.
  await renameIfThere(strokesPath(root, drawing), asidePath(root, name, STROKES));
  try {
    await rename(picturePath(root, drawing), asidePath(root, name, PICTURE));
  } catch (error) {
    await renameIfThere(asidePath(root, name, STROKES), strokesPath(root, drawing));
    throw error;
  }
  await removeIfEmpty(join(root, drawing.folder));
  await syncFolder(root);
}

/** Puts what lies aside into its class's folder. */
export async function takeBack(root: string, drawing: DrawingId): Promise<void> {
  const { folder, name } = drawing;
  await makeClassFolder(root, folder);
  try {
    await rename(asidePath(root, name, PICTURE), picturePath(root, drawing));
  } catch (error) {
    await removeIfEmpty(join(root, folder));
    throw error;
  }
  await renameIfThere(asidePath(root, name, STROKES), strokesPath(root, drawing));
  await syncFolder(join(root, folder));
  await syncFolder(root);
}

export async function removeAside(root: string, name: string): Promise<void> {
  await rm(asidePath(root, name, PICTURE), { force: true });
  await rm(asidePath(root, name, STROKES), { force: true });
}

/** Moves a drawing to another class. */
export async function moveDrawing(root: string, drawing: DrawingId, folder: string): Promise<void> {
  const moved = { ...drawing, folder };
  await makeClassFolder(root, folder);
  try {
    await rename(picturePath(root, drawing), picturePath(root, moved));
  } catch (error) {
    await removeIfEmpty(join(root, folder));
    throw error;
  }
  await renameIfThere(strokesPath(root, drawing), strokesPath(root, moved));
  await removeIfEmpty(join(root, drawing.folder));
  await syncFolder(join(root, folder));
  await syncFolder(root);
}

/** Ends what a crash or a failing disk left half done; files of others stay as they are. */
export async function mendDrawings(root: string): Promise<void> {
  const { drawings, withStrokes, aside, lonely } = await findDrawings(root);
  const without = new Map(
    drawings.filter(({ name }) => !withStrokes.has(name)).map((each) => [each.name, each]),
  );
  for (const name of aside) {
    const drawing = without.get(name);
    if (drawing) await renameIfThere(asidePath(root, name, STROKES), strokesPath(root, drawing));
    await removeAside(root, name);
  }
  for (const each of lonely) {
    const drawing = without.get(each.name);
    if (drawing) await renameIfThere(strokesPath(root, each), strokesPath(root, drawing));
    if (drawing) await removeIfEmpty(join(root, each.folder));
  }
}

/** A set's own folder is not made: it may lie on a disk that is not there now. */
async function makeClassFolder(root: string, folder: string): Promise<void> {
  await mkdir(join(root, folder)).catch(async (error: unknown) => {
    if (!hasCode(error, 'EEXIST') || !(await stat(join(root, folder))).isDirectory()) throw error;
  });
}

/** A class without pictures would be refused by readers of class folders. */
const removeIfEmpty = (path: string): Promise<void> => rmdir(path).catch(() => undefined);

async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}
