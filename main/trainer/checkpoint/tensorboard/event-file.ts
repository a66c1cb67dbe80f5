import { open, readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { cutAfter } from './cut.ts';
import { encodeEvent, timeOf, VERSION, type Event } from './records.ts';

/** SessionLog.START: "all that the files before this one have from this step on was lost", as a TensorFlow session says that restarts. */
const START = 1;
/** Whose file it is. */
const WRITER = 'Firstlayer';

/** Names of one process begun in one second. */
let count = 0;

/**
 * Scalars over steps in a file that TensorBoard reads after those that are in its folder already; it is made when the first are written.
 * What earlier files have after `step` does not count any more.
 */
export class EventFile {
  readonly #folder: string;
  readonly #step: number;
  readonly #head: readonly Buffer[];
  #records: Buffer[];
  #path: string | null = null;

  /**
   * @param step steps done before it
   * @param before one in another folder, whose unwritten scalars are written here
   */
  constructor(folder: string, step: number, before: EventFile | null) {
    this.#folder = folder;
    this.#head = [
      encodeEventRecord({ step: 0, fileVersion: VERSION, sourceMetadata: { writer: WRITER } }),
      encodeEventRecord({ step: step + 1, sessionLog: { status: START } }),
    ];
    this.#step = step;
    this.#records = before ? before.#records : [];
  }

  /** Nothing has been added since it was written. */
  get isEmpty(): boolean {
    return this.#records.length === 0;
  }

  add(step: number, scalars: Readonly<Record<string, number>>): void {
    const value = Object.entries(scalars).map(([tag, simpleValue]) => ({ tag, simpleValue }));
    this.#records.push(encodeEventRecord({ step, summary: { value } }));
  }

  /**
   * Appends what has been added, all or nothing.
   * @throws Error when the disk does not take it
   */
  async write(): Promise<void> {
    const isNew = this.#path === null;
    // TensorBoard's newer reader does not heed the session's start.
    if (isNew) await cutAfter(this.#folder, this.#step, WRITER);
    const path = this.#path ?? join(this.#folder, await nextName(this.#folder));
    const file = await open(path, isNew ? 'ax' : 'a');
    try {
      const { size } = await file.stat();
      try {
        await file.writeFile(Buffer.concat([...(isNew ? this.#head : []), ...this.#records]));
      } catch (error) {
        await file.truncate(size).catch(() => undefined);
        throw error;
      }
    } finally {
      await file.close();
    }
    this.#path = path;
    this.#records = [];
  }
}

const encodeEventRecord = (event: Omit<Event, 'wallTime'>): Buffer =>
  encodeEvent({ wallTime: Date.now() / 1000, ...event });

/** TensorBoard goes from file to file by their names: this one's comes last, whatever the clock says. */
async function nextName(folder: string): Promise<string> {
  const taken = (await readdir(folder)).map((name) => timeOf(name) ?? 0);
  const second = Math.max(Math.floor(Date.now() / 1000), Math.max(0, ...taken) + 1);
  const host = hostname().replaceAll(/[^\w.-]/g, '_');
  return `events.out.tfevents.${String(second).padStart(10, '0')}.${host}.${process.pid}.${count++}`;
}
