import { readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FailureError } from '../../../../shared/ipc.ts';
import { hasCode, makeFolders } from '../../files/durable-files.ts';
import { isAlive } from '../../files/is-alive.ts';

/**
 * A file that is not yet complete, `NAME.part` beside its final name. A process that writes to it first renames it `NAME.part-PID-N`; only
 * one process succeeds in that, so that no two write to the same file. The next process continues what a killed one left.
 */
export interface PartFile {
  path: string;
  /** The file is complete: it gets its final name, and other parts of the same file are removed. */
  finish(): Promise<void>;
  /** Leaves the part for the next time. */
  putBack(): Promise<void>;
  remove(): Promise<void>;
}

/** A process at work writes more often than this; if a part is older, its process number belongs to another program now. */
const MS_UNTIL_LEFT = 5 * 60_000;

/** Number of parts that this process has claimed. */
let claimed = 0;

interface Left {
  path: string;
  bytes: number;
  /** The process that writes to it; null if there is none. */
  worker: number | null;
}

/** The parts of a file, the largest first. */
async function listLeft(final: string): Promise<Left[]> {
  const begin = `${basename(final)}.part`;
  const left: Left[] = [];
  for (const name of await readdir(dirname(final))) {
    const pid = name.startsWith(begin)
      ? /^(?:-(\d{1,10})-\d+)?$/.exec(name.slice(begin.length))
      : null;
    if (!pid) continue;
    const path = join(dirname(final), name);
    // Another process may just have renamed it.
    const stats = await stat(path).catch(() => null);
    if (!stats) continue;
    const worker = pid[1] === undefined ? null : Number(pid[1]);
    const isFresh = Date.now() - stats.mtimeMs < MS_UNTIL_LEFT;
    left.push({
      path,
      bytes: stats.size,
      worker: worker !== null && isFresh && isAlive(worker) ? worker : null,
    });
  }
  return left.sort((a, b) => b.bytes - a.bytes);
}

/**
 * Claims what there is of a file, or begins a new part; nothing is written yet.
 * @param final the name of the complete file
 * @throws FailureError if another process works on it; Error if the folder cannot be made or read
 */
export async function claimPart(final: string): Promise<PartFile> {
  await makeFolders(dirname(final));
  const left = await listLeft(final);
  const busy = left.find(({ worker }) => worker !== null);
  if (busy) throw busyFailure(final, busy.worker ?? 0);
  const own = `${final}.part-${process.pid}-${++claimed}`;
  for (const { path } of left) if (await isRenamed(path, own)) break;
  return partFile(final, own);
}

/** False if another process was quicker. */
async function isRenamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

const partFile = (final: string, own: string): PartFile => ({
  path: own,
  finish: async () => {
    await rename(own, final);
    for (const { path, worker } of await listLeft(final))
      if (worker === null) await rm(path, { force: true });
  },
  putBack: async () => {
    const common = `${final}.part`;
    const bytes = await bytesAt(own);
    // No byte has come, or another process has put back more meanwhile.
    if (bytes === 0 || (await bytesAt(common)) > bytes) await rm(own, { force: true });
    else await isRenamed(own, common);
  },
  remove: () => rm(own, { force: true }),
});

const bytesAt = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

const busyFailure = (final: string, pid: number): FailureError =>
  new FailureError({
    what: `Another Firstlayer (process ${pid}) is getting this file already.`,
    where: final,
    remedy: 'Wait until it is done, or end it: what has come so far stays.',
  });
