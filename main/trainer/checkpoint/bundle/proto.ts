import protobuf from 'protobufjs';

/**
 * The messages of the tensor bundle, the format of TensorFlow's checkpoints. They are documented in full in TensorFlow's
 * tensorflow/core/protobuf/tensor_bundle.proto and framework/tensor_shape.proto.
 */
const source = `
syntax = "proto3"; package tensorflow;
message VersionDef { int32 producer = 1; int32 min_consumer = 2; }
message TensorShapeProto { message Dim { int64 size = 1; } repeated Dim dim = 2; bool unknown_rank = 3; }
message BundleHeaderProto { int32 num_shards = 1; int32 endianness = 2; VersionDef version = 3; }
message BundleEntryProto { int32 dtype = 1; TensorShapeProto shape = 2; int32 shard_id = 3; int64 offset = 4; int64 size = 5; fixed32 crc32c = 6; repeated bytes slices = 7; }
`;

const { root } = protobuf.parse(source);
const Header = root.lookupType('tensorflow.BundleHeaderProto');
const Entry = root.lookupType('tensorflow.BundleEntryProto');

/** Where a tensor lies in the data file. */
export interface BundleEntry {
  /** As in TensorFlow's types.proto: 1 float32, 9 int64. */
  dtype: number;
  shape: number[];
  /** Bytes from the data file's beginning. */
  offset: number;
  size: number;
  /** Masked CRC-32C of the tensor's bytes. */
  crc32c: number;
  /** The shard (data file) that holds it, counted from 0; absent for the first. This app writes only one. */
  shard?: number;
  /** It is stored in slices under other keys, as TensorFlow 1's partitioned variables are, and has no bytes here. */
  isSliced?: true;
}

/** The header of a bundle with one data file, little-endian. */
export const encodeHeader = (): Uint8Array =>
  Header.encode(Header.fromObject({ numShards: 1, version: { producer: 1 } })).finish();

export function encodeEntry({ dtype, shape, offset, size, crc32c }: BundleEntry): Uint8Array {
  const dim = shape.map((length) => ({ size: length }));
  return Entry.encode(
    Entry.fromObject({ dtype, shape: { dim }, offset, size, crc32c: crc32c >>> 0 }),
  ).finish();
}

interface DecodedEntry {
  dtype: number;
  shape?: { dim?: { size: number }[] };
  shardId: number;
  offset: number;
  size: number;
  crc32c: number;
  slices: Uint8Array[];
}

/**
 * @returns how many data files the bundle has.
 * @throws Error when the bytes are not a header, or come from a machine with the other byte order
 */
export function decodeHeader(bytes: Uint8Array): number {
  const { numShards, endianness } = Header.toObject(Header.decode(bytes), { defaults: true }) as {
    numShards: number;
    endianness: number;
  };
  if (endianness !== 0) throw new Error('it was written with the other byte order');
  return numShards;
}

/** @throws Error when the bytes are not an entry */
export function decodeEntry(bytes: Uint8Array): BundleEntry {
  const decoded = Entry.toObject(Entry.decode(bytes), {
    longs: Number,
    defaults: true,
  }) as DecodedEntry;
  const { dtype, offset, size, crc32c, shardId } = decoded;
  const shape = (decoded.shape?.dim ?? []).map((dim) => dim.size);
  return {
    dtype,
    shape,
    offset,
    size,
    crc32c,
    ...(shardId > 0 && { shard: shardId }),
    ...(decoded.slices.length > 0 && { isSliced: true }),
  };
}
