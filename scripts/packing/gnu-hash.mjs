/**
 * The table by which the loader finds a symbol by its name: a Bloom filter, then buckets of symbols.
 * https://sourceware.org/gnu-gabi/program-loading-and-dynamic-linking.txt
 */

const HEADER = 16;
/** Bits of a word of the filter, and how far the second of a name's two bits is from the first. */
const WORD = 64n;
const SHIFT = 26n;
/** Symbols to a bucket, and words of the filter to a symbol. */
const PER_BUCKET = 4;
const WORDS_PER_SYMBOL = 12 / 64;

/** @param {string} name in Latin-1 */
function hashOf(name) {
  let hash = 5381;
  for (let k = 0; k < name.length; k++) hash = (Math.imul(hash, 33) + name.charCodeAt(k)) >>> 0;
  return hash;
}

/** @param {number} count */
const bucketsFor = (count) => Math.max(1, Math.floor(count / PER_BUCKET));

/**
 * Sorts by bucket, as the table demands it.
 * @template {{ name: string }} T
 * @param {readonly T[]} symbols
 * @returns {T[]}
 */
export function inHashOrder(symbols) {
  const buckets = bucketsFor(symbols.length);
  return symbols
    .map((symbol) => ({ symbol, bucket: hashOf(symbol.name) % buckets }))
    .sort((a, b) => a.bucket - b.bucket)
    .map(({ symbol }) => symbol);
}

/**
 * @param {readonly string[]} names in that order
 * @param {number} before number of symbols in front of them, which cannot be found by name
 */
export function gnuHashTable(names, before) {
  const hashes = names.map(hashOf);
  const buckets = bucketsFor(names.length);
  const words = 2 ** Math.ceil(Math.log2(Math.max(1, names.length * WORDS_PER_SYMBOL)));
  const bucketsAt = HEADER + words * 8;
  const chainAt = bucketsAt + buckets * 4;
  const table = Buffer.alloc(chainAt + names.length * 4);
  for (const [k, value] of [buckets, before, words, Number(SHIFT)].entries())
    table.writeUInt32LE(value, k * 4);
  for (const [k, hash] of hashes.entries()) {
    const large = BigInt(hash);
    const at = HEADER + Number((large / WORD) % BigInt(words)) * 8;
    const bits = (1n << (large % WORD)) | (1n << ((large >> SHIFT) % WORD));
    table.writeBigUInt64LE(table.readBigUInt64LE(at) | bits, at);
    const bucket = hash % buckets;
    const bucketAt = bucketsAt + bucket * 4;
    if (table.readUInt32LE(bucketAt) === 0) table.writeUInt32LE(before + k, bucketAt);
    const next = hashes[k + 1];
    const isLast = next === undefined || next % buckets !== bucket;
    table.writeUInt32LE(((hash & ~1) | (isLast ? 1 : 0)) >>> 0, chainAt + k * 4);
  }
  return table;
}
