import { createHash } from 'node:crypto';
import { openRegular, readUpTo } from '../files/bounded-file.ts';
import { dataPaths, isNumeric, openBundle, typeName } from './bundle/read.ts';

/** A variable whose bytes come piece by piece: row by row, each number little-endian. */
export interface StreamedVariable {
  name: string;
  /** As TensorFlow names it, such as float32. */
  type: string;
  shape: readonly number[];
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** What is hashed begins with this line: another way to hash would have another. */
const FORM = 'Firstlayer fingerprint 1\n';
/** Bytes that are read at a time. */
const PIECE = 2 ** 20;

/**
 * The fingerprint of a network's variables. It is the SHA-256 of the line “Firstlayer fingerprint 1”, and then, of each variable in the
 * order of the UTF-8 bytes of their names, the line `["name","type",[shape]]` (JSON without spaces) and all its bytes, row by row and
 * little-endian. So it depends on names, types, shapes and every bit of every number, and on nothing else: not on the files, their
 * order, the folder, the record, the clock or the program that wrote them.
 * @param variables in any order; the pieces of each may be cut anywhere
 * @returns 64 hexadecimal digits
 */
export async function fingerprintVariables(variables: Iterable<StreamedVariable>): Promise<string> {
  const hash = createHash('sha256').update(FORM);
  const byName = [...variables].map((variable) => ({
    ...variable,
    key: Buffer.from(variable.name),
  }));
  for (const { name, type, shape, pieces } of byName.sort((a, b) => Buffer.compare(a.key, b.key))) {
    hash.update(`${JSON.stringify([name, type, shape])}\n`);
    for await (const piece of pieces) hash.update(piece);
  }
  return hash.digest('hex');
}

/**
 * The fingerprint of a saved checkpoint: of all variables in it, so of the weights, the running statistics, the optimizer's slots and
 * the step. What a run needs besides to go on (its place in the epoch, the epoch's sums, its patience) is in the record: it follows
 * from the step, the configuration and the data, and is not hashed.
 * @param prefix its path without `.index`
 * @throws Error naming the variable that cannot be read or is not of numbers
 */
export async function checkpointFingerprint(prefix: string): Promise<string> {
  const bundle = await openBundle(prefix);
  const paths = dataPaths(bundle);
  const variables = [...bundle.variables].map(([name, entry]): StreamedVariable => {
    const path = paths[entry.shard ?? 0];
    if (path === undefined || !isNumeric(entry))
      throw new Error(`${name} is not stored as whole numbers of one file`);
    const { dtype, shape, offset, size } = entry;
    return { name, type: typeName(dtype), shape, pieces: piecesAt(path, name, offset, size) };
  });
  return fingerprintVariables(variables);
}

async function* piecesAt(
  path: string,
  name: string,
  offset: number,
  size: number,
): AsyncGenerator<Uint8Array> {
  const file = await openRegular(path);
  try {
    for (let done = 0; done < size; done += PIECE) {
      const wanted = Math.min(PIECE, size - done);
      const piece = await readUpTo(file, wanted, offset + done);
      if (piece.length < wanted) throw new Error(`${name} lies beyond the data file’s end`);
      yield piece;
    }
  } finally {
    await file.handle.close();
  }
}
