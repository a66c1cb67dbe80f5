import protobuf from 'protobufjs';
import { crc32c, maskChecksum } from '../bundle/checksum.ts';

/** The messages of tensorflow/core/util/event.proto and framework/summary.proto that scalars need. */
const source = `
syntax = "proto3"; package tensorflow;
message SessionLog { int32 status = 1; }
message SourceMetadata { string writer = 1; }
message Summary { message Value { string tag = 1; oneof value { float simple_value = 2; } } repeated Value value = 1; }
message Event {
  double wall_time = 1; int64 step = 2;
  oneof what { string file_version = 3; Summary summary = 5; SessionLog session_log = 7; }
  SourceMetadata source_metadata = 10;
}
`;
const Message = protobuf.parse(source).root.lookupType('tensorflow.Event');

/** One record of an event file. */
export interface Event {
  /** Seconds since 1970. */
  wallTime: number;
  step: number;
  fileVersion?: string;
  summary?: { value: { tag: string; simpleValue: number }[] };
  sessionLog?: { status: number };
  sourceMetadata?: { writer: string };
}

/** The `fileVersion` in the first event of a file. */
export const VERSION = 'brain.Event:2';

const NAME = /^events\.out\.tfevents\.(\d{10})\./;

/** Seconds since 1970 in the name of an event file; null for any other name. */
export function timeOf(fileName: string): number | null {
  const time = NAME.exec(fileName)?.[1];
  return time === undefined ? null : Number(time);
}

/** Bytes before a record's content: its length, and that length's checksum. */
const HEAD = 12;
/** Bytes after the content: its checksum. */
const TAIL = 4;

const maskedOf = (bytes: Uint8Array): number => maskChecksum(crc32c(bytes));

/** Encodes an event as a record in TensorFlow's TFRecord format (tensorflow/core/lib/io/record_writer.h). */
export function encodeEvent(event: Event): Buffer {
  const content = Message.encode(Message.fromObject(event)).finish();
  const head = Buffer.alloc(HEAD);
  head.writeBigUInt64LE(BigInt(content.length));
  head.writeUInt32LE(maskedOf(head.subarray(0, 8)), 8);
  const tail = Buffer.alloc(TAIL);
  tail.writeUInt32LE(maskedOf(content));
  return Buffer.concat([head, content, tail]);
}

/**
 * Decodes the record that begins at `at`, and says where it ends; null if the bytes end before it does.
 * @throws Error when no undamaged record begins there
 */
export function decodeEvent(bytes: Buffer, at: number): { event: Event; end: number } | null {
  if (bytes.length < at + HEAD) return null;
  const length = Number(bytes.readBigUInt64LE(at));
  if (bytes.readUInt32LE(at + 8) !== maskedOf(bytes.subarray(at, at + 8)))
    throw new Error('a record has a damaged length');
  const end = at + HEAD + length + TAIL;
  if (bytes.length < end) return null;
  const content = bytes.subarray(at + HEAD, end - TAIL);
  if (bytes.readUInt32LE(end - TAIL) !== maskedOf(content))
    throw new Error('a record has a damaged content');
  const { step, ...event } = Message.toObject(Message.decode(content), { longs: Number }) as Event;
  // A step of 0 is not stored, so decoding leaves it out.
  return { event: { ...event, step: step || 0 }, end };
}
