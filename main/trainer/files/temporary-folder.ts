import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { FailureError } from '../../../shared/ipc.ts';
import { systemFault } from '../../../shared/system-errors.ts';

/**
 * Short-lived folders for what TensorFlow takes only from files. The system's own temporary folder may be missing, full or
 * read-only, so several places are tried until one takes the files.
 */

type Purpose = 'graph' | 'weights' | 'link' | 'proof';

/** The names of these folders, as `mkdtemp` makes them. */
const OURS = /^firstlayer-(?:graph|weights|link|proof)-[A-Za-z0-9]{6}$/;
/** These folders live for seconds, so an older one was left by a process that was killed. */
const MS_UNTIL_LEFT = 24 * 60 * 60 * 1000;

/** No place takes temporary files. The cause lies in the machine, not in the request. */
export class NoTemporaryFolderError extends FailureError {}

/**
 * The person's cache folder, the same as in scripts/setup/places.mjs.
 * @throws Error when there is no home folder
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
 * Makes a folder and its missing parents, and returns its path. Node's own `recursive` is not used: it retries forever where a
 * parent is a link to nowhere.
 * @throws Error
 */
export function madeFolder(path: string): string {
  const there = (each: string): boolean => lstatSync(each, { throwIfNoEntry: false }) !== undefined;
  if (there(path)) return path;
  if (!there(dirname(path))) madeFolder(dirname(path));
  mkdirSync(path);
  return path;
}

/** Places to try, in order: the system's temporary folder, other usual ones, and the person's cache. Only the cache is made. */
function candidatePlaces(): { place: string; isMade: boolean }[] {
  const more = { win32: [], linux: ['/tmp', '/dev/shm'] }[process.platform as string] ?? ['/tmp'];
  const usual = [...new Set([resolve(tmpdir()), ...more])];
  return [
    ...usual.map((place) => ({ place, isMade: false })),
    { place: join(cacheFolder(), 'temporary'), isMade: true },
  ];
}

/**
 * Makes a new folder in each place that takes one.
 * @param refusals collects why the other places do not
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

/** The place takes files, but cannot be used for another reason. */
export class UnfitPlaceError extends Error {}

/** @throws the error itself if the place is not to blame */
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
 * Lends a folder in the first place where `fill` succeeds, and removes it afterwards.
 * @throws NoTemporaryFolderError naming every place and why it failed; otherwise what `fill` and `use` throw
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

/** The synchronous form of `withTemporaryFolder`, for what takes no time. */
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
 * Removes what this person's killed processes left in a place, as far as possible.
 * @param made a folder made just now, which gives the time by the disk's own clock
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
    // Another process may be removing them too, or nobody may list the place.
  }
}
