import { HISTOGRAM_BINS, type LayerHistogram } from '../../../shared/histogram.ts';
import { layerNames } from '../../../shared/layer-names.ts';
import type { CompiledGraph } from '../graph/compiled-graph.ts';

/**
 * What a graph answered of several layers.
 * @param layers their numbers, in the order of the answer
 * @param fetched as `histogramOutputs` names and orders it
 */
export function histogramsOf(
  { network }: CompiledGraph,
  layers: readonly number[],
  fetched: ReadonlyMap<string, Float32Array>,
): LayerHistogram[] {
  const names = layerNames(network.layers.map(({ layer }) => layer));
  const [borders, counts, zeros] = ['borders', 'counts', 'zeros'].map((name) => fetched.get(name));
  return layers.map((layer, k) => ({
    layer,
    name: names[layer] ?? '',
    least: borders?.[2 * k] ?? NaN,
    most: borders?.[2 * k + 1] ?? NaN,
    counts: Array.from(counts?.subarray(k * HISTOGRAM_BINS, (k + 1) * HISTOGRAM_BINS) ?? []),
    zeros: zeros?.[k] ?? 0,
  }));
}
