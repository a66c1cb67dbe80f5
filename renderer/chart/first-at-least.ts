/**
 * Where something would be put in an ascending list.
 * @returns the index of the first number that is not less than `value`; the length where there is none
 */
export function firstAtLeast(ascending: ArrayLike<number>, value: number): number {
  let [from, to] = [0, ascending.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((ascending[middle] ?? Infinity) < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
