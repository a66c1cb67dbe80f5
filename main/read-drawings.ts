import { cp, mkdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FailureError, type Failure } from '../shared/ipc.ts';
import {
  MOST_OWN_DRAWINGS,
  type DrawingId,
  type OwnDrawing,
  type OwnDrawings as Answer,
  type PixelBytes,
} from '../shared/own-drawings.ts';
import { messageOf, systemFault } from '../shared/system-errors.ts';
import {
  LARGEST_DRAWING,
  findDrawings,
  picturePath,
  strokesPath,
} from './trainer/files/find-drawings.ts';
import { decodePng } from './png-file.ts';
import { readBounded } from './trainer/files/bounded-file.ts';

const MOST_PROBLEMS = 20;

/** Reads each picture: one that is damaged is told of, not shown. */
export async function readAll(root: string): Promise<Pick<Answer, 'drawings' | 'problems'>> {
  const found = await attempt('The folder of your drawings cannot be read', root, () =>
    findDrawings(root),
  );
  const problems: Failure[] = found.lonely.map((each) => ({
    what: 'These strokes have no picture beside them.',
    where: strokesPath(root, each),
    remedy: 'Put the picture of the same name into their folder, or remove them.',
  }));
  const drawings: OwnDrawing[] = [];
  for (const drawing of found.drawings.slice(0, MOST_OWN_DRAWINGS))
    try {
      const { height, width } = await readPicture(root, drawing);
      drawings.push({ ...drawing, height, width, hasStrokes: found.withStrokes.has(drawing.name) });
    } catch (error) {
      problems.push({
        what: `This drawing cannot be read: ${messageOf(error)}.`,
        where: picturePath(root, drawing),
        remedy: systemFault(error)?.remedy ?? 'Remove the file, or put a sound copy in its place.',
      });
    }
  const more = problems.length - MOST_PROBLEMS;
  return {
    drawings,
    problems: more > 0 ? [...problems.slice(0, MOST_PROBLEMS), others(root, more)] : problems,
  };
}

const others = (root: string, count: number): Failure => ({
  what: `${count} more files cannot be read.`,
  where: root,
  remedy: 'See to those that are named first.',
});

export const readPicture = async (root: string, drawing: DrawingId): Promise<PixelBytes> =>
  decodePng(await readBounded(picturePath(root, drawing), LARGEST_DRAWING));

/** Copies drawings and strokes, nothing else that lies there, into a folder that is new. */
export async function copyAll(root: string, chosen: string): Promise<string> {
  const path = await freeFolder(join(chosen, `${basename(root)}-copy`));
  await attempt('The drawings could not be copied', path, async () => {
    const { drawings, withStrokes } = await findDrawings(root);
    await mkdir(path);
    for (const drawing of drawings) {
      await mkdir(join(path, drawing.folder), { recursive: true });
      await cp(picturePath(root, drawing), picturePath(path, drawing));
      if (withStrokes.has(drawing.name))
        await cp(strokesPath(root, drawing), strokesPath(path, drawing));
    }
  });
  return path;
}

async function freeFolder(wanted: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = number === 1 ? wanted : `${wanted}-${number}`;
    const isFree = await stat(path).then(
      () => false,
      () => true,
    );
    if (isFree) return path;
  }
}

/** @throws FailureError that says what could not be done, and why */
export async function attempt<T>(
  what: string,
  where: string,
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    if (cause instanceof FailureError) throw cause;
    const remedy = systemFault(cause)?.remedy ?? 'Look at the folder, or choose another one.';
    throw new FailureError({ what: `${what}: ${messageOf(cause)}.`, where, remedy }, { cause });
  }
}
