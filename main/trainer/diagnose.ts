import { layerNames } from '../../shared/layer-names.ts';
import type { DiagnosticsEvent } from '../../shared/trainer-protocol.ts';
import { NORMS } from './graph/diagnostics.ts';
import type { CompiledGraph } from './graph/compile.ts';
import type { Diagnostics } from './session.ts';

type Layer = DiagnosticsEvent['layers'][number];

export const namesOf = ({ network }: CompiledGraph): string[] =>
  layerNames(network.layers.map(({ layer }) => layer));

/** What a step did to each layer, in the order of the network. */
export function diagnosedLayers(graph: CompiledGraph, { norms, dead }: Diagnostics): Layer[] {
  const { measuredLayers, reluLayers } = graph;
  const names = namesOf(graph);
  const numbers = [...new Set([...measuredLayers, ...reluLayers])].sort((a, b) => a - b);
  return numbers.map((layer) => {
    const measured = measuredLayers.indexOf(layer);
    const [gradientNorm = null, updateNorm = null, weightNorm = null] =
      measured < 0 ? [] : norms.subarray(measured * NORMS.length, (measured + 1) * NORMS.length);
    const relu = reluLayers.indexOf(layer);
    const deadShare = relu < 0 ? null : (dead[relu] ?? null);
    return { layer, name: names[layer] ?? '', gradientNorm, updateNorm, weightNorm, deadShare };
  });
}

/** The layer nearest to the loss, where going backward begins, whose gradient or update is not finite; null: none. */
export const firstGradientNotFinite = (layers: readonly Layer[]): Layer | null =>
  layers.findLast(
    ({ gradientNorm, updateNorm }) =>
      (gradientNorm !== null && !Number.isFinite(gradientNorm)) ||
      (updateNorm !== null && !Number.isFinite(updateNorm)),
  ) ?? null;
