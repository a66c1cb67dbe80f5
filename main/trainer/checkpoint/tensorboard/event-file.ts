import { open, readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { cutAfter } from './cut.ts';
import { encodeEvent, timeOf, VERSION, type Event } from './records.ts';

/** SessionLog.START, as a restarted TensorFlow session writes it: what earlier files have from this step on was lost. */
const START = 1;
/** The name by which this app's files are recognized. */
const WRITER = 'Firstlayer';

/** Tells files apart that one process begins within one second. */
let count = 0;

/**
 * Writes scalars over steps to a file that TensorBoard reads after those already in its folder. The first write creates the file.
 * What earlier files have after `step` no longer counts.
 */
export class EventFile {
  readonly #folder: string;
  readonly #step: number;
  readonly #head: readonly Buffer[];
  #records: Buffer[];
  #path: string | null = null;

  /**
   * @param step steps done before this file begins
   * @param before file in another folder, whose unwritten scalars are written here
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

  /** Whether nothing has been added since the last write. */
  get isEmpty(): boolean {
    return this.#records.length === 0;
  }

  add(step: number, scalars: Readonly<Record<string, number>>): void {
    const value = Object.entries(scalars).map(([tag, simpleValue]) => ({ tag, simpleValue }));
    this.#records.push(encodeEventRecord({ step, summary: { value } }));
  }

  /**
   * Appends what has been added, completely or not at all.
   * @throws Error when it cannot be written
   */
  async write(): Promise<void> {
    const isNew = this.#path === null;
    // TensorBoard's newer reader ignores SessionLog.START.
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

/** A name that sorts last, whatever the clock says, because TensorBoard reads files in the order of their names. */
async function nextName(folder: string): Promise<string> {
  const taken = (await readdir(folder)).map((name) => timeOf(name) ?? 0);
  const second = Math.max(Math.floor(Date.now() / 1000), Math.max(0, ...taken) + 1);
  const host = hostname().replaceAll(/[^\w.-]/g, '_');
  return `events.out.tfevents.${String(second).padStart(10, '0')}.${host}.${process.pid}.${count++}`;
}
