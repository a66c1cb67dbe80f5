import { readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FailureError } from '../../../../shared/ipc.ts';
import { hasCode, makeFolders } from '../../files/durable-files.ts';
import { isAlive } from '../../files/is-alive.ts';

/**
 * A file that is still being made, `NAME.part` beside what it is to be called. Whoever works at it renames it `NAME.part-PID-N` for that
 * time, which one process only succeeds in, so that no two write to one. What a killed process left is taken up by the next.
 */
export interface PartFile {
  path: string;
  /** It is whole: it takes its name, and what others left of the same is removed. */
  finish(): Promise<void>;
  /** It stays for the next time. */
  putBack(): Promise<void>;
  remove(): Promise<void>;
}

/** Who works at a file writes to it more often; a process of the same number that does not is another program's. */
const MS_UNTIL_LEFT = 5 * 60_000;

/** How many were taken up by this process. */
let claimed = 0;

interface Left {
  path: string;
  bytes: number;
  /** Who works at it; null: nobody. */
  worker: number | null;
}

/** What there is of a file, the most first. */
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
 * Takes up what there is of a file, or begins it; nothing is written yet.
 * @param final what it is called once it is whole
 * @throws FailureError where another process works at it; Error where the folder cannot be made or read
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

/** False where another process was quicker. */
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
    // Nothing has come, or another process has put back more meanwhile.
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
