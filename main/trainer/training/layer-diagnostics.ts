import { layerNames } from '../../../shared/layer-names.ts';
import type { DiagnosticsEvent } from '../../../shared/trainer-events.ts';
import { NORMS } from '../graph/diagnostics.ts';
import type { CompiledGraph } from '../graph/compiled-graph.ts';
import type { Diagnostics } from '../tensorflow/outcomes.ts';
import type { Run } from './run.ts';

type Layer = DiagnosticsEvent['layers'][number];

export const namesOf = ({ network }: CompiledGraph): string[] =>
  layerNames(network.layers.map(({ layer }) => layer));

/** What a step did to each layer, in the order of the network. @param gradientNorms in the order of the graph's `measuredLayers` */
export function diagnosedLayers(
  graph: CompiledGraph,
  gradientNorms: Float32Array,
  { norms, dead }: Diagnostics,
): Layer[] {
  const { measuredLayers, reluLayers } = graph;
  const names = namesOf(graph);
  const numbers = [...new Set([...measuredLayers, ...reluLayers])].sort((a, b) => a - b);
  return numbers.map((layer) => {
    const measured = measuredLayers.indexOf(layer);
    const [updateNorm = null, weightNorm = null] =
      measured < 0 ? [] : norms.subarray(measured * NORMS.length, (measured + 1) * NORMS.length);
    const gradientNorm = measured < 0 ? null : (gradientNorms[measured] ?? null);
    const relu = reluLayers.indexOf(layer);
    const deadShare = relu < 0 ? null : (dead[relu] ?? null);
    return { layer, name: names[layer] ?? '', gradientNorm, updateNorm, weightNorm, deadShare };
  });
}

/** Zero where the next step is to be diagnosed, which is done by itself. */
export function stepsUntilDiagnosis({ config, cursor }: Run): number {
  const { diagnosticsEvery } = config.training;
  if (diagnosticsEvery === 0) return Infinity;
  return (diagnosticsEvery - (cursor.step % diagnosticsEvery)) % diagnosticsEvery;
}
