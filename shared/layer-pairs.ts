import type { LayerConfig } from './config.ts';
import { differencesOfLayers, type Difference } from './differences.ts';

/** Compares two networks: which layer of one corresponds to which of the other. */

export type LayerPair =
  | { change: 'same' | 'changed'; a: number; b: number; differences: readonly Difference[] }
  /** Only the first network has it. */
  | { change: 'removed'; a: number }
  /** Only the second one has it. */
  | { change: 'added'; b: number };

/**
 * Pairs of layers in their order, such that as much as possible of both is kept (the longest common subsequence, of types, then of
 * settings).
 */
export function layerPairs(a: readonly LayerConfig[], b: readonly LayerConfig[]): LayerPair[] {
  const [textsA, textsB] = [a, b].map((layers) => layers.map((layer) => JSON.stringify(layer)));
  /** How much of a layer is kept: all, its type, or nothing. */
  const likeAt = (i: number, k: number): number =>
    a[i]?.type !== b[k]?.type ? 0 : textsA?.[i] === textsB?.[k] ? 3 : 2;
  // kept[i][k] is the most that is kept of the layers from i and from k on.
  const kept = Array.from({ length: a.length + 1 }, () => new Int32Array(b.length + 1));
  const keptAt = (i: number, k: number): number => kept[i]?.[k] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let k = b.length - 1; k >= 0; k--) {
      const like = likeAt(i, k);
      const together = like === 0 ? 0 : like + keptAt(i + 1, k + 1);
      const row = kept[i];
      if (row) row[k] = Math.max(together, keptAt(i + 1, k), keptAt(i, k + 1));
    }
  const pairs: LayerPair[] = [];
  let [i, k] = [0, 0];
  while (i < a.length || k < b.length) {
    const [one, other] = [a[i], b[k]];
    const like = likeAt(i, k);
    if (one && other && like > 0 && keptAt(i, k) === like + keptAt(i + 1, k + 1)) {
      const differences = differencesOfLayers(one, other);
      const change = differences.length === 0 ? 'same' : 'changed';
      pairs.push({ change, a: i++, b: k++, differences });
    } else if (one && (!other || keptAt(i, k) === keptAt(i + 1, k)))
      pairs.push({ change: 'removed', a: i++ });
    else pairs.push({ change: 'added', b: k++ });
  }
  return pairs;
}
