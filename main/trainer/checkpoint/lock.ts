import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { FailureError } from '../../../shared/ipc.ts';
import { systemFault, messageOf } from '../../../shared/system-errors.ts';
import { cacheFolder, madeFolder } from '../files/temporary-folder.ts';
import { hasCode } from '../files/durable-files.ts';

/**
 * Lets one process at a time write to a folder. The lock is the name of a local socket, made from the folder's device and inode
 * numbers: the system gives a name to one process only and takes it back when that process ends, however it ends. So no dead
 * process holds a lock, no process id can be mistaken for another, and no clock matters.
 */
export interface Lock {
  release(): Promise<void>;
}

/** Identifies a folder, whichever path leads to it. */
export interface FolderIdentity {
  dev: bigint;
  ino: bigint;
}

/** The names that the lock's socket may have. Where a name is a file, as on macOS, the first folder that accepts it is used. */
function socketNames({ dev, ino }: FolderIdentity): string[] {
  const name = `firstlayer-${dev}-${ino}`;
  if (process.platform === 'linux') return [`\0${name}`];
  if (process.platform === 'win32') return [`\\\\.\\pipe\\${name}`];
  return socketFolders().map((folder) => join(folder, `${name}.sock`));
}

/** The person's cache comes first, because it is the same for all programs, whatever TMPDIR says. */
function socketFolders(): string[] {
  const usual = [tmpdir(), '/tmp'];
  try {
    return [madeFolder(cacheFolder()), ...usual];
  } catch {
    return usual;
  }
}

/** How many milliseconds to wait for an answer: a stopped process keeps its lock, but does not answer. */
const PATIENCE = 3_000;

/** Resolves when this process owns the name. Whoever connects is sent this process's id. */
async function listenOn(path: string): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(String(process.pid));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(path, resolve);
  });
  // The lock alone must not keep the process running.
  return server.unref();
}

/** The id of the process that holds the folder's lock; null if none answers. */
export async function lockHolder(identity: FolderIdentity): Promise<string | null> {
  for (const path of socketNames(identity)) {
    const holder = await holderAt(path);
    if (holder !== null) return holder;
  }
  return null;
}

async function holderAt(path: string): Promise<string | null> {
  const socket = connect(path);
  socket.setTimeout(PATIENCE, () => socket.destroy());
  try {
    return await text(socket);
  } catch {
    return null;
  }
}

export const lockedFailure = (folder: string, holder: string | null): FailureError =>
  new FailureError({
    what: `Another Firstlayer${holder === null ? '' : ` (process ${holder})`} is training in this folder.`,
    where: folder,
    remedy:
      'It can be looked at, but not written to, until training is stopped there; or choose another folder.',
  });

/** @throws FailureError naming the process that already writes to the folder, or saying why the system gives no lock */
export async function lockFolder(folder: string, identity: FolderIdentity): Promise<Lock> {
  let refused: unknown;
  for (const path of socketNames(identity))
    try {
      return await lockAt(path, folder);
    } catch (error) {
      if (error instanceof FailureError) throw error;
      refused = error;
    }
  throw new FailureError(
    {
      what: `The checkpoint folder cannot be kept from being written to twice: ${messageOf(refused)}.`,
      where: folder,
      remedy: systemFault(refused)?.remedy ?? 'Restart the computer, and try again.',
    },
    { cause: refused },
  );
}

async function lockAt(path: string, folder: string): Promise<Lock> {
  try {
    return lockOf(await listenOn(path));
  } catch (error) {
    if (!hasCode(error, 'EADDRINUSE')) throw error;
  }
  const holder = await holderAt(path);
  if (holder !== null || !path.endsWith('.sock')) throw lockedFailure(folder, holder);
  // macOS keeps the socket file of a process that was killed.
  await rm(path, { force: true });
  return lockOf(await listenOn(path));
}

const lockOf = (server: Server): Lock => ({
  release: () =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
    }),
});
