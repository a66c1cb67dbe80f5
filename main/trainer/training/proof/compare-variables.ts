import type { Proof } from '../../../../shared/proof.ts';
import {
  dataPaths,
  FLOAT32,
  openBundle,
  readFloats,
  readWhole,
} from '../../checkpoint/bundle/read.ts';

/**
 * Counts, variable by variable, the numbers that have other bits in a second checkpoint. What only the second has is not told: no run
 * of the same network has others.
 * @param prefix of each checkpoint, which has one data file
 * @returns those variables of the first that differ
 */
export async function differingVariables(
  prefix: string,
  other: string,
): Promise<Proof['variables']> {
  const [a, b] = [await openBundle(prefix), await openBundle(other)];
  const [pathA = '', pathB = ''] = [...dataPaths(a), ...dataPaths(b)];
  const differing: Proof['variables'] = [];
  // One after the other: two networks' variables need not fit into memory together.
  for (const [name, entry] of a.variables) {
    const values = entry.shape.reduce((product, length) => product * length, 1);
    const entryB = b.variables.get(name);
    if (entryB?.dtype !== entry.dtype || entryB.shape.join() !== entry.shape.join()) {
      differing.push({ name, differing: null, values });
      continue;
    }
    const count =
      entry.dtype === FLOAT32
        ? differingBits(
            (await readFloats(pathA, new Map([[name, entry]]))).get(name),
            (await readFloats(pathB, new Map([[name, entryB]]))).get(name),
          )
        : Number((await readWhole(a, name)) !== (await readWhole(b, name)));
    if (count > 0) differing.push({ name, differing: count, values });
  }
  return differing;
}

function differingBits(a: Float32Array = new Float32Array(), b: Float32Array = a): number {
  const [bitsA, bitsB] = [bitsOf(a), bitsOf(b)];
  let count = 0;
  bitsA.forEach((bits, k) => {
    if (bits !== bitsB[k]) count++;
  });
  return count;
}

const bitsOf = ({ buffer, byteOffset, length }: Float32Array): Int32Array =>
  new Int32Array(buffer, byteOffset, length);
