import { constants, open, rm, type FileHandle } from 'node:fs/promises';
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

/** An event that is written to a run's metrics file. */
export type Logged = StepEvent | EpochEvent | RunEvent | TrainerEventOf<'finished'>;

const NEWLINE = 0x0a;
/** For reading and appending, without creating it. */
const APPEND = constants.O_RDWR | constants.O_APPEND;

/** The point that training continues from, and the device it runs on. */
export interface LogStart {
  branch: Branch;
  /** What this branch recorded after this step was never saved in a checkpoint, and does not count. */
  step: number;
  /** Results may differ in their last bits from one device to another. */
  device: string;
}

/** Collects events as lines. They are written together with each checkpoint, so that the file and the checkpoint agree. */
export class MetricsLog {
  #lines: string[] = [];

  /** Puts a `resumed` line, which begins the file or a new part of it, before all unwritten lines. */
  begin({ branch, step, device }: LogStart): void {
    const resumed: Resumed = { type: 'resumed', branch: branch.number, step, device };
    this.#lines.unshift(JSON.stringify(resumed));
  }

  add(event: Logged): void {
    this.#lines.push(JSON.stringify(event));
  }

  /** Hands the lines collected so far to the caller, who writes them. */
  take(): string[] {
    return this.#lines.splice(0);
  }

  /** Puts back lines that could not be written, so that the next write includes them. */
  putBack(lines: readonly string[]): void {
    this.#lines.unshift(...lines);
  }
}

/**
 * Appends all lines or none.
 * @throws Error, with the file left unchanged
 * @param check rejects when the folder is no longer the same
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
  const isNew = head === null;
  const file = await open(path, isNew ? 'ax+' : APPEND).catch(async (error: unknown) => {
    await check();
    throw error;
  });
  try {
    const { size } = await file.stat();
    await check().catch(async (error: unknown) => {
      // It was just created, in a folder that is not the run's. An empty file that was there before is somebody's.
      if (isNew) await rm(path, { force: true });
      throw error;
    });
    try {
      // A crash may have cut the last line short; the newline ends it.
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
