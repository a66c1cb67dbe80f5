import { NORMS } from '../../graph/diagnostics.ts';
import type { CompiledGraph } from '../../graph/compiled-graph.ts';
import type { Diagnostics } from '../../tensorflow/outcomes.ts';
import { throwIfNormsDiverged } from '../divergence.ts';
import { layerNamesOf } from '../graph-layers.ts';
import type { DoneStep } from '../steps.ts';
import type { ObservedTraining, TrainingObserver } from './observer.ts';
import type { DiagnosticsEvent } from '../../../../shared/trainer-events.ts';

type Layer = DiagnosticsEvent['layers'][number];

/** Records what a step did to the layers, if the step was diagnosed. */
export class LayerDiagnostics implements TrainingObserver {
  readonly #training: ObservedTraining;

  constructor(training: ObservedTraining) {
    this.#training = training;
  }

  /** @throws DivergedError where the step has ruined weights */
  onStep({ number, outcome, diagnostics }: DoneStep): void {
    if (!diagnostics) return;
    throwIfNormsDiverged(this.#training, diagnostics.norms);
    const { run, saver } = this.#training;
    const layers = diagnosedLayers(run.session.graph, outcome.gradientNorms, diagnostics);
    saver.record({ type: 'diagnostics', epoch: run.cursor.epoch + 1, step: number, layers });
  }
}

/**
 * What a step did to each layer, in the order of the network.
 * @param gradientNorms in the order of the graph's `measuredLayers`
 */
export function diagnosedLayers(
  graph: CompiledGraph,
  gradientNorms: Float32Array,
  { norms, dead }: Diagnostics,
): Layer[] {
  const { measuredLayers, reluLayers } = graph;
  const names = layerNamesOf(graph);
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
