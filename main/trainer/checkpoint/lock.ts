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
 * One writer a folder. The lock is a local socket's name, made of the folder's own number on its disk: the system gives a name to one
 * process only and takes it back when that process ends, however it ends. So no dead process holds a lock, no process id can be
 * mistaken for another, and no clock matters.
 */
export interface Lock {
  release(): Promise<void>;
}

/** Which folder it is, whatever path leads to it. */
export interface FolderIdentity {
  dev: bigint;
  ino: bigint;
}

/** What the lock is called; where a name is a file's, as on macOS, in the first of these folders that takes one. */
function socketNames({ dev, ino }: FolderIdentity): string[] {
  const name = `firstlayer-${dev}-${ino}`;
  if (process.platform === 'linux') return [`\0${name}`];
  if (process.platform === 'win32') return [`\\\\.\\pipe\\${name}`];
  return socketFolders().map((folder) => join(folder, `${name}.sock`));
}

/** The person's cache first: it is one for all programs, whatever TMPDIR says. */
function socketFolders(): string[] {
  const usual = [tmpdir(), '/tmp'];
  try {
    return [madeFolder(cacheFolder()), ...usual];
  } catch {
    return usual;
  }
}

/** A process that is stopped holds its lock, but does not answer. */
const PATIENCE = 3_000;

/** Resolves when the name is this process's. Who connects is told the process id. */
async function listenOn(path: string): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(String(process.pid));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(path, resolve);
  });
  // A lock alone is no reason to go on running.
  return server.unref();
}

/** Process id of who holds the folder's lock; null where nobody answers. */
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

/** @throws FailureError naming the process that writes to the folder already, or why the system gives no lock */
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
  // macOS leaves the name of a process that was killed.
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
