/** Ranks from 1; equal values share the mean of their ranks. */
function ranksOf(values: ArrayLike<number>): Float64Array {
  const order = Array.from(values, (value, at) => ({ value, at })).sort(
    (a, b) => a.value - b.value,
  );
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && order[to]?.value === order[from]?.value) to++;
    for (const { at } of order.slice(from, to)) ranks[at] = (from + to + 1) / 2;
    from = to;
  }
  return ranks;
}

/**
 * Spearman's rank correlation: 1 where both put everything in the same order, −1 in the opposite one.
 * @returns null where one of them has no order: all its values are the same, or there are fewer than two
 */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const [one, other] = [ranksOf(a), ranksOf(b)];
  const middle = (one.length + 1) / 2;
  let [both, ofOne, ofOther] = [0, 0, 0];
  one.forEach((rank, k) => {
    const [x, y] = [rank - middle, (other[k] ?? 0) - middle];
    both += x * y;
    ofOne += x * x;
    ofOther += y * y;
  });
  return ofOne > 0 && ofOther > 0 ? both / Math.sqrt(ofOne * ofOther) : null;
}
