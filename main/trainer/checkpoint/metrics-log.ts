import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Branch } from '../../../shared/branch.ts';
import { isLink, readHead } from '../files/durable-files.ts';
import { isMetricsHead, METRICS, type Resumed } from './history.ts';
import type {
  EpochEvent,
  RunEvent,
  StepEvent,
  TrainerEventOf,
} from '../../../shared/trainer-events.ts';

/** What a run's record in time is made of. */
export type Logged = StepEvent | EpochEvent | RunEvent | TrainerEventOf<'finished'>;

const NEWLINE = 0x0a;

/** Where training goes on from, and on what. */
export interface LogStart {
  branch: Branch;
  /** What was recorded after it on this branch was never saved, and does not count. */
  step: number;
  /** The last bits of what follows depend on it. */
  device: string;
}

/** Collects events and appends them to the folder's file, one a line: with each checkpoint, so that the two belong together. */
export class MetricsLog {
  #lines: string[] = [];

  /** Begins a file, or a further part of it, before what has not been written yet. */
  begin({ branch, step, device }: LogStart): void {
    const resumed: Resumed = { type: 'resumed', branch: branch.number, step, device };
    this.#lines.unshift(JSON.stringify(resumed));
  }

  add(event: Logged): void {
    this.#lines.push(JSON.stringify(event));
  }

  /** The lines so far, to be written; they are the caller's then. */
  take(): string[] {
    return this.#lines.splice(0);
  }

  /** Lines that could not be written, for the next time. */
  putBack(lines: readonly string[]): void {
    this.#lines.unshift(...lines);
  }
}

/**
 * Appends whole lines or none.
 * @throws Error, the file being as it was
 * @param check rejects where the folder is not the same any more
 */
export async function appendMetrics(
  folder: string,
  lines: readonly string[],
  check: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  if (lines.length === 0) return;
  const path = join(folder, METRICS);
  const head = await readHead(path);
  if ((await isLink(path)) || (head !== null && !isMetricsHead(head)))
    throw new Error(
      `${METRICS} is another program’s file and was left as it is; the curves of this run are not kept`,
    );
  const file = await open(path, 'a+');
  try {
    const { size } = await file.stat();
    await check().catch(async (error: unknown) => {
      // It was made just now, in a folder that is not ours.
      if (size === 0) await rm(path, { force: true });
      throw error;
    });
    try {
      // A crash may have torn the last line; this ends it.
      const begin = size > 0 && !(await endsLine(file, size)) ? '\n' : '';
      await file.writeFile(`${begin}${lines.join('\n')}\n`);
      await file.sync();
    } catch (error) {
      await file.truncate(size).catch(() => undefined);
      throw error;
    }
  } finally {
    await file.close();
  }
}

async function endsLine(file: FileHandle, size: number): Promise<boolean> {
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === NEWLINE;
}
