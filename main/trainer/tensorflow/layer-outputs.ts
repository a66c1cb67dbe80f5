import type { CompiledGraph } from '../graph/compiled-graph.ts';
import { activationSpan } from '../graph/layer-spans.ts';
import type { EntryRunner } from './entry-runner.ts';
import { bytesTensor, spanTensors } from './feeds.ts';

/** Reads what layers give, in prediction mode: of all at once, or of many images. */
export class LayerOutputs {
  readonly #graph: CompiledGraph;
  readonly #runner: EntryRunner;

  constructor(graph: CompiledGraph, runner: EntryRunner) {
    this.#graph = graph;
    this.#runner = runner;
  }

  /**
   * The output of every layer, from one pass through the network.
   * @param image bytes [H × W × C]
   * @returns of each layer in the order of the list, in its own shape, row by row; they share their memory
   */
  ofAllLayers(image: Uint8Array): Float32Array[] {
    return this.withPrediction(image).outputs;
  }

  /** As `ofAllLayers`, with what `predict` answers for the image, one number a class. */
  withPrediction(image: Uint8Array): { outputs: Float32Array[]; probabilities: Float32Array } {
    const { network } = this.#graph;
    const spans = network.layers.map((_, layer) => activationSpan(network, layer));
    const size = spans.reduce((sum, span) => sum + span.size, 0);
    const { values, probabilities } = this.#read(image, { begin: 0, size });
    const outputs = spans.map((span) => values.subarray(span.begin, span.begin + span.size));
    return { outputs, probabilities };
  }

  /**
   * The output of one layer for several images, one after the other.
   * @param images bytes [N × H × W × C]
   */
  ofEachImage(images: Uint8Array, layer: number): Float32Array {
    const { height, width, channels } = this.#graph.image;
    const count = images.length / (height * width * channels);
    const { begin, size } = activationSpan(this.#graph.network, layer);
    // All images of a layer come before those of the next layer.
    return this.#read(images, { begin: begin * count, size: size * count }).values;
  }

  #read(
    images: Uint8Array,
    span: { begin: number; size: number },
  ): Record<'values' | 'probabilities', Float32Array> {
    const inputs = { images: bytesTensor(images), ...spanTensors(span) };
    const fetched = this.#runner.fetchAll('activations', inputs);
    const [values, probabilities] = [fetched.get('values'), fetched.get('probabilities')];
    if (!values || !probabilities) throw new Error('activations gave no values or probabilities');
    return { values, probabilities };
  }
}
