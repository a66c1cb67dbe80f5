import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { FailureError } from '../../../shared/ipc.ts';
import { systemFault } from '../../../shared/system-errors.ts';

/**
 * A folder for a moment, for what TensorFlow takes from a file only. The system's own temporary folder may be missing, full or
 * read-only: what is to lie in it is written in one place after the other until one takes it.
 */

type Purpose = 'graph' | 'weights' | 'link';

/** As `mkdtemp` makes them. */
const OURS = /^firstlayer-(?:graph|weights|link)-[A-Za-z0-9]{6}$/;
/** They live for seconds: what is older was left by a process that was killed. */
const MS_UNTIL_LEFT = 24 * 60 * 60 * 1000;

/** Nothing could be put anywhere: that lies in the machine, not in what was asked for. */
export class NoTemporaryFolderError extends FailureError {}

/**
 * The person's own folder for what can be made anew; as scripts/setup/places.mjs has it.
 * @throws Error where there is no home folder
 */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'firstlayer');
  if (process.platform === 'win32')
    return join(local ?? join(homedir(), 'AppData', 'Local'), 'firstlayer', 'Cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'firstlayer');
  return join(homedir(), '.cache', 'firstlayer');
}

/**
 * Makes it if need be, by its path. Not by Node's own `recursive`, which tries for ever above a link to nowhere.
 * @throws Error
 */
export function madeFolder(path: string): string {
  const there = (each: string): boolean => lstatSync(each, { throwIfNoEntry: false }) !== undefined;
  if (there(path)) return path;
  if (!there(dirname(path))) madeFolder(dirname(path));
  mkdirSync(path);
  return path;
}

/** Where to try, in turn: the system's temporary folder, others that are usual, and the person's cache, which alone is made. */
function candidatePlaces(): { place: string; isMade: boolean }[] {
  const more = { win32: [], linux: ['/tmp', '/dev/shm'] }[process.platform as string] ?? ['/tmp'];
  const usual = [...new Set([resolve(tmpdir()), ...more])];
  return [
    ...usual.map((place) => ({ place, isMade: false })),
    { place: join(cacheFolder(), 'temporary'), isMade: true },
  ];
}

/**
 * A new folder in each place that takes one.
 * @param refusals gets why the others do not
 */
function* foldersFor(purpose: Purpose, refusals: string[]): Generator<string> {
  for (const { place, isMade } of candidatePlaces()) {
    let folder: string;
    try {
      if (isMade) madeFolder(place);
      folder = mkdtempSync(join(place, `firstlayer-${purpose}-`));
    } catch (error) {
      refusals.push(refusalOf(place, error));
      continue;
    }
    clearLeft(place, folder);
    yield folder;
  }
}

/** A place that takes files, and yet will not do. */
export class UnfitPlaceError extends Error {}

/** @throws the error itself where it is not the place's */
function refusalOf(place: string, error: unknown): string {
  if (error instanceof UnfitPlaceError) return `${place}: ${error.message}`;
  const fault = systemFault(error);
  if (!fault) throw error;
  return `${place}: ${fault.what} (${fault.code})`;
}

const noTemporaryFolder = (refusals: readonly string[]): NoTemporaryFolderError =>
  new NoTemporaryFolderError({
    what: `No place takes a temporary file: ${refusals.join('; ')}.`,
    where: resolve(tmpdir()),
    remedy: `Set ${process.platform === 'win32' ? 'TEMP' : 'TMPDIR'} to a folder that is there, may be written to and has room.`,
  });

/**
 * Lends a folder in the first place where `fill` can write what is to lie there, and removes it afterwards.
 * @throws NoTemporaryFolderError naming every place and why it does not do; what `fill` and `use` throw otherwise
 */
export async function withTemporaryFolder<T>(
  purpose: Purpose,
  fill: (folder: string) => Promise<void>,
  use: (folder: string) => T | Promise<T>,
): Promise<T> {
  const refusals: string[] = [];
  for (const folder of foldersFor(purpose, refusals))
    try {
      try {
        await fill(folder);
      } catch (error) {
        refusals.push(refusalOf(dirname(folder), error));
        continue;
      }
      return await use(folder);
    } finally {
      removeFolder(folder);
    }
  throw noTemporaryFolder(refusals);
}

/** The same at once, for what takes no time. */
export function withTemporaryFolderNow<T>(
  purpose: Purpose,
  fill: (folder: string) => void,
  use: (folder: string) => T,
): T {
  const refusals: string[] = [];
  for (const folder of foldersFor(purpose, refusals))
    try {
      try {
        fill(folder);
      } catch (error) {
        refusals.push(refusalOf(dirname(folder), error));
        continue;
      }
      return use(folder);
    } finally {
      removeFolder(folder);
    }
  throw noTemporaryFolder(refusals);
}

function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // The disk that failed may fail again; a later start removes it.
  }
}

/**
 * Removes what this person's killed processes left in a place, as far as it can be seen.
 * @param made just now, by the disk's own clock
 */
function clearLeft(place: string, made: string): void {
  try {
    const now = lstatSync(made).mtimeMs;
    for (const name of readdirSync(place).filter((each) => OURS.test(each))) {
      const stats = lstatSync(join(place, name));
      const isOwn = stats.isDirectory() && stats.uid === (process.getuid?.() ?? stats.uid);
      if (isOwn && now - stats.mtimeMs > MS_UNTIL_LEFT) removeFolder(join(place, name));
    }
  } catch {
    // Another process removes them too, or nobody may list them.
  }
}
