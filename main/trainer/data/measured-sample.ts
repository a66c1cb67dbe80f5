import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Apart from the numbers that the order of an epoch begins with. */
const SAMPLING = 0x51ed270b;

/**
 * Which training examples are measured as validation is: a function of (seed, count, size) alone, with a generator of its own, so
 * that whatever training draws stays what it is.
 * @param size how many of the `count` examples; the same for every epoch of a run
 * @returns their numbers, rising
 */
export function measuredSample(count: number, size: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, k) => k);
  const random = xoroshiro128plus((seed ^ SAMPLING) | 0);
  // The beginning of a shuffle by Fisher and Yates.
  for (let k = 0; k < size; k++) {
    const other = uniformInt(random, k, count - 1);
    const moved = order[k] ?? 0;
    order[k] = order[other] ?? 0;
    order[other] = moved;
  }
  return order.subarray(0, size).sort();
}
