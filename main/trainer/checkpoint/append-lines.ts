import { constants, lstat, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { isLink, readHead } from '../files/durable-files.ts';

/** A file of the run's to which lines are added, beside its checkpoints. */
export interface LinesFile {
  name: string;
  /** Whether this app wrote a file that begins so. A file without anything in it may be taken. */
  isOurs: (head: string) => boolean;
  /** What the run loses where the file is another program's: a sentence's end. */
  loss: string;
  /** The line that begins a new file; left out: none does. */
  firstLine?: string;
}

const NEWLINE = 0x0a;
/** For reading and appending, without creating it. */
const APPEND = constants.O_RDWR | constants.O_APPEND;

/**
 * Appends all lines or none.
 * @throws Error, with the file left unchanged
 * @param check rejects when the folder is no longer the same
 */
export async function appendLines(
  folder: string,
  { name, isOurs, loss, firstLine }: LinesFile,
  lines: readonly string[],
  check: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  if (lines.length === 0) return;
  const path = join(folder, name);
  const head = await readHead(path);
  if ((await isLink(path)) || (head !== null && !isOurs(head)))
    throw new Error(`${name} is another program’s file and was left as it is; ${loss}`);
  const isNew = head === null;
  const file = await open(path, isNew ? 'ax+' : APPEND).catch(async (error: unknown) => {
    await check();
    throw error;
  });
  try {
    const { size } = await file.stat();
    await check().catch(async (error: unknown) => {
      // It was just created, in a folder that is not the run's. An empty file that was there before is somebody's, and so is a copy of
      // this one, where the folder was put aside meanwhile.
      if (isNew && (await isAt(path, file))) await rm(path, { force: true });
      throw error;
    });
    try {
      const begins = head === null || head.trim() === '';
      const all = begins && firstLine !== undefined ? [firstLine, ...lines] : lines;
      // A crash may have cut the last line short; the newline ends it.
      const begin = size > 0 && !(await endsLine(file, size)) ? '\n' : '';
      await file.writeFile(`${begin}${all.join('\n')}\n`);
      await file.sync();
    } catch (error) {
      await file.truncate(size).catch(() => undefined);
      throw error;
    }
  } finally {
    await file.close();
  }
}

/** Whether it is this very file that lies there. */
async function isAt(path: string, file: FileHandle): Promise<boolean> {
  const own = await file.stat({ bigint: true });
  const there = await lstat(path, { bigint: true }).catch(() => null);
  return there?.ino === own.ino && there.dev === own.dev;
}

async function endsLine(file: FileHandle, size: number): Promise<boolean> {
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === NEWLINE;
}
