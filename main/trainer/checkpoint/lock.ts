import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { FailureError } from '../../../shared/ipc.ts';
import { hasCode } from './files.ts';

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

function socketName({ dev, ino }: FolderIdentity): string {
  const name = `firstlayer-${dev}-${ino}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

/** A process that is stopped holds its lock, but does not answer. */
const PATIENCE = 3_000;

/** Resolves when the name is this process's. Who connects is told the process id. */
async function listen(path: string): Promise<Server> {
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
  const socket = connect(socketName(identity));
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

/** @throws FailureError naming the process that writes to the folder already */
export async function lockFolder(folder: string, identity: FolderIdentity): Promise<Lock> {
  const path = socketName(identity);
  const taken = async (): Promise<Lock> => {
    const server = await listen(path);
    return {
      release: () =>
        new Promise((resolve) => {
          server.close(() => {
            resolve();
          });
        }),
    };
  };
  try {
    return await taken();
  } catch (error) {
    if (!hasCode(error, 'EADDRINUSE')) throw error;
  }
  const holder = await lockHolder(identity);
  if (holder === null && path.endsWith('.sock')) {
    // macOS leaves the name of a process that was killed.
    await rm(path, { force: true });
    return taken();
  }
  throw lockedFailure(folder, holder);
}
