import { softmax } from '../../../shared/activations.ts';
import type { CompiledGraph } from '../graph/compiled-graph.ts';
import { activationSpan, type Span } from '../graph/layer-spans.ts';
import type { EntryRunner } from './entry-runner.ts';
import { bytesTensor, spanTensors } from './feeds.ts';

/** What all layers answer to an image that answer anything. */
export interface OwnAnswers {
  /** Of one layer after the other, each in its own shape, row by row. */
  values: Float32Array;
  /** As `predict` answers, one a class. */
  probabilities: number[];
  /** Training steps that the weights have done. */
  step: number;
}

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
    const { network } = this.#graph;
    const spans = network.layers.map((_, layer) => activationSpan(network, layer));
    const size = spans.reduce((sum, span) => sum + span.size, 0);
    const values = this.#read(image, { begin: 0, size });
    return spans.map((span) => values.subarray(span.begin, span.begin + span.size));
  }

  /**
   * The outputs of the layers that have an answer of their own, from one run of the graph.
   * @param image bytes [H × W × C]
   * @param quickly may say what is read by the scores: in float32 the same but for the last bits
   */
  ownAnswers(image: Uint8Array, quickly = false): OwnAnswers {
    const isAlone = quickly && this.#runner.has('own-answers-alone');
    const entry = isAlone ? 'own-answers-alone' : 'own-answers';
    const fetched = this.#runner.fetchAsTyped(entry, { images: bytesTensor(image) });
    const [values, step] = [fetched.get('values'), fetched.get('step')?.[0]];
    if (!(values instanceof Float32Array) || step === undefined)
      throw new Error(`${entry} lacks an output`);
    const probabilities = isAlone
      ? softmax(values.subarray(-this.#graph.image.classes))
      : (fetched.get('probabilities') ?? []);
    return { values, probabilities: [...probabilities], step };
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
    return this.#read(images, { begin: begin * count, size: size * count });
  }

  #read(images: Uint8Array, span: Span): Float32Array {
    const inputs = { images: bytesTensor(images), ...spanTensors(span) };
    return this.#runner.fetchOne('activations', 'values', inputs);
  }
}
