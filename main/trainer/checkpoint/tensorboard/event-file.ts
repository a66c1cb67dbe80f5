import { open, readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import { crc32c, masked } from '../bundle/checksum.ts';

/** The messages of tensorflow/core/util/event.proto and framework/summary.proto that scalars need. */
const source = `
syntax = "proto3"; package tensorflow;
message SessionLog { int32 status = 1; }
message Summary { message Value { string tag = 1; oneof value { float simple_value = 2; } } repeated Value value = 1; }
message Event { double wall_time = 1; int64 step = 2; oneof what { string file_version = 3; Summary summary = 5; SessionLog session_log = 7; } }
`;
const Event = protobuf.parse(source).root.lookupType('tensorflow.Event');

const VERSION = 'brain.Event:2';
/** SessionLog.START: "all that the files before this one have from this step on was lost", as a TensorFlow session says that restarts. */
const START = 1;

const NAME = /^events\.out\.tfevents\.(\d{10})\./;

/** Names of one process begun in one second. */
let count = 0;

/**
 * Scalars over steps in a file that TensorBoard reads after those that are in its folder already; it is made when the first are written.
 * What earlier files have after `step` does not count any more.
 */
export class EventFile {
  readonly #folder: string;
  readonly #head: readonly Buffer[];
  #records: Buffer[];
  #path: string | null = null;

  /** @param step steps done before it @param before one in another folder, whose unwritten scalars are written here */
  constructor(folder: string, step: number, before: EventFile | null) {
    this.#folder = folder;
    this.#head = [
      record({ step: 0, fileVersion: VERSION }),
      record({ step: step + 1, sessionLog: { status: START } }),
    ];
    this.#records = before ? before.#records : [];
  }

  /** Nothing has been added since it was written. */
  get isEmpty(): boolean {
    return this.#records.length === 0;
  }

  add(step: number, scalars: Readonly<Record<string, number>>): void {
    const value = Object.entries(scalars).map(([tag, simpleValue]) => ({ tag, simpleValue }));
    this.#records.push(record({ step, summary: { value } }));
  }

  /** Appends what has been added, all or nothing. @throws Error when the disk does not take it */
  async write(): Promise<void> {
    const isNew = this.#path === null;
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

const record = (event: object): Buffer =>
  framed(Event.encode(Event.fromObject({ wallTime: Date.now() / 1000, ...event })).finish());

/** TensorBoard goes from file to file by their names: this one's comes last, whatever the clock says. */
async function nextName(folder: string): Promise<string> {
  const taken = (await readdir(folder)).map((name) => Number(NAME.exec(name)?.[1] ?? 0));
  const second = Math.max(Math.floor(Date.now() / 1000), Math.max(0, ...taken) + 1);
  const host = hostname().replaceAll(/[^\w.-]/g, '_');
  return `events.out.tfevents.${String(second).padStart(10, '0')}.${host}.${process.pid}.${count++}`;
}

/** A record of TensorFlow's TFRecord format (tensorflow/core/lib/io/record_writer.h): length and content, each with its checksum. */
function framed(content: Uint8Array): Buffer {
  const head = Buffer.alloc(12);
  head.writeBigUInt64LE(BigInt(content.length));
  head.writeUInt32LE(masked(crc32c(head.subarray(0, 8))), 8);
  const tail = Buffer.alloc(4);
  tail.writeUInt32LE(masked(crc32c(content)));
  return Buffer.concat([head, content, tail]);
}
