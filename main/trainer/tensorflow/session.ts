import type { Tensor } from '../checkpoint/bundle/write.ts';
import { withPlainPath } from './plain-path.ts';
import type { Batch } from '../data/batches.ts';
import { batchTensors, bytes, floats, spanTensors, stepTensors } from './feeds.ts';
import type { CompiledGraph } from '../graph/compiled-graph.ts';
import { FED_NUMBERS } from '../graph/fed-numbers.ts';
import { endOf, NOT_FINITE, type End } from '../graph/training-step.ts';
import { activationSpan, mapSpan } from '../graph/inspect.ts';
import {
  diagnosticsOf,
  evaluationOf,
  isFiniteStep,
  metricsOf,
  stepResult,
  stepResults,
  type Evaluation,
  type StepResult,
} from './outcomes.ts';
import {
  loadGraph,
  tensorFlow,
  type NamedValues,
  type SavedModel,
  type Value,
} from './tensorflow.ts';

/** How one class is seen: by the image's pixels or the places of a layer, row by row. */
export interface ClassView {
  class: number;
  values: Float32Array;
}

/** A compiled graph with its variables, in TensorFlow. Each call blocks this thread until the graph has run. */
export class Session {
  readonly graph: CompiledGraph;
  readonly #entries: Map<string, SavedModel>;

  private constructor(graph: CompiledGraph, entries: Map<string, SavedModel>) {
    this.graph = graph;
    this.#entries = entries;
  }

  /** Loads a graph; its variables have no values before `start` or `restore`. */
  static async open(graph: CompiledGraph): Promise<Session> {
    return new Session(graph, await loadGraph(graph));
  }

  /** As `open`, with the values of the checkpoint at `prefix`; null: with their starts. */
  static async begin(graph: CompiledGraph, prefix: string | null): Promise<Session> {
    const session = await Session.open(graph);
    try {
      if (prefix === null) session.start();
      else session.restore(prefix);
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  /** Gives every variable its start. */
  start(): void {
    this.#run('start', this.#unused());
  }

  /**
   * One training step.
   * @param step steps done before it
   * @param numbers in the order of `FED_NUMBERS`, then dropout rates
   */
  train(batch: Batch, step: number, numbers: Float32Array): StepResult {
    const fetched = this.#step(TRAIN[endOfStep(numbers)], batch, step, numbers);
    return stepResult(fetched && metricsOf(fetched));
  }

  /** Steps that `trainSeveral` does with such a weight decay; 1: they are to be done one at a time. */
  stepsAtOnce(weightDecay: number): number {
    return endOf(weightDecay) === this.graph.severalEnd ? this.graph.stepsAtOnce : 1;
  }

  /**
   * The very same steps as `train` does one at a time.
   * @param batch those of all, one after the other and equally large
   * @param numbers of each
   * @returns how each went; one whose loss, or a gradient, is not finite is the last
   */
  trainSeveral(batch: Batch, step: number, numbers: readonly Float32Array[]): StepResult[] {
    const row = Float32Array.from(numbers.flatMap((each) => [...each]));
    const fetched = this.#step('train-several', batch, step, row);
    const metrics = fetched ? metricsOf(fetched) : this.#run('recent', this.#unused(), 'metrics');
    const done = fetched ? numbers.length : this.step() - step;
    const results = stepResults(metrics, this.graph.measuredLayers.length, done);
    return fetched || !results.every(isFiniteStep) ? results : [...results, { kind: 'diverged' }];
  }

  /** The very same step as `train` does, and what it did to each layer. */
  trainAndDiagnose(batch: Batch, step: number, numbers: Float32Array): StepResult {
    const fetched = this.#step(DIAGNOSE[endOfStep(numbers)], batch, step, numbers);
    return stepResult(fetched && metricsOf(fetched), fetched && diagnosticsOf(fetched));
  }

  /**
   * Goes through a training step's forward pass again without learning.
   * @returns the number of the first layer whose output is not finite; null: all are
   */
  firstLayerNotFinite(batch: Batch, step: number, numbers: Float32Array): number | null {
    const finite = this.#run('examine', stepTensors(batch, step, numbers), 'finite');
    return this.graph.outputLayers[finite.indexOf(0)] ?? null;
  }

  /** Images as a step trains on them, 0 to 1, one after the other; as they are where nothing is to be done to them. */
  augmented(images: Uint8Array, step: number): Float32Array {
    return this.#entries.has('augmented')
      ? this.#run(
          'augmented',
          { images: bytes(images), step: tensorFlow().scalar(step, 'int32') },
          'pixels',
        )
      : Float32Array.from(images, (value) => value * BRIGHTNESS);
  }

  /** A batch without dropout and without learning. */
  evaluate(batch: Batch): Evaluation {
    return evaluationOf(this.#fetch('evaluate', batchTensors(batch)));
  }

  /** Probabilities [N × classes] of images, one after the other. */
  predict(images: Uint8Array): Float32Array {
    return this.#run('predict', { images: bytes(images) }, 'probabilities');
  }

  /** The first convolution's kernels, row by row [height, width, channels, filters]; empty where there is none. */
  filters(): Float32Array {
    return this.#entries.has('filters')
      ? this.#run('filters', this.#unused(), 'values')
      : new Float32Array();
  }

  /** One layer's output for one image, in prediction mode. */
  activations(image: Uint8Array, layer: number): Float32Array {
    const cut = spanTensors(activationSpan(this.graph.network, layer));
    return this.#run('activations', { images: bytes(image), ...cut }, 'values');
  }

  /** Gradient of a class's score with respect to each pixel; null: of the class that wins. */
  saliency(image: Uint8Array, of: number | null): ClassView {
    return this.#classView('saliency', image, of);
  }

  /** Grad-CAM at a layer whose output is an image; null: of the class that wins. */
  gradCam(image: Uint8Array, of: number | null, layer: number): ClassView {
    const cut = spanTensors(mapSpan(this.graph.network, layer));
    return this.#classView('grad-cam', image, of, cut);
  }

  /** Every variable's values, by name; not the step. */
  variables(): Map<string, Float32Array> {
    return this.#fetch('variables', this.#unused());
  }

  /** Names of the variables that hold NaN or infinity, in the order of the network. */
  notFinite(): string[] {
    const finite = this.#run('finite', this.#unused(), 'finite');
    return this.graph.floats.filter((_, k) => finite[k] === 0);
  }

  /** The step that the variables are at, as a checkpoint holds it. */
  step(): number {
    const read = (value: Value): number => value.dataSync()[0] ?? 0;
    return this.#outputs('step', this.#unused(), read).get('step') ?? 0;
  }

  /** Bytes of all variables in a checkpoint. */
  get checkpointBytes(): number {
    const sizes = this.graph.variables.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
    return BYTES_A_FLOAT * sizes.reduce((a, b) => a + b, 0);
  }

  /** Every variable as a checkpoint holds it, copied: training may go on while they are written. */
  snapshot(): Tensor[] {
    const values = this.variables();
    return this.graph.variables.map(({ name, shape }) => ({
      name,
      shape,
      // The step is the one variable that is no float32.
      values: values.get(name) ?? BigInt64Array.of(BigInt(this.step())),
    }));
  }

  /** Gives every variable the value that the checkpoint at `prefix` has for it. */
  restore(prefix: string): void {
    withPlainPath(prefix, (path) => {
      this.#run('restore', { prefix: tensorFlow().scalar(path, 'string') });
    });
  }

  /** Frees the variables. */
  close(): void {
    for (const entry of this.#entries.values()) entry.dispose();
    this.#entries.clear();
  }

  #unused(): NamedValues {
    return { unused: tensorFlow().scalar(0, 'int32') };
  }

  /** A step whose loss has no finite gradient ends before it changes anything: null. */
  #step(
    entry: string,
    batch: Batch,
    step: number,
    numbers: Float32Array,
  ): Map<string, Float32Array> | null {
    try {
      return this.#fetch(entry, stepTensors(batch, step, numbers));
    } catch (error) {
      if (!String(error).includes(NOT_FINITE)) throw error;
      return null;
    }
  }

  #entry(name: string): SavedModel {
    const model = this.#entries.get(name);
    if (!model) throw new Error(`the graph has no entry point "${name}"`);
    return model;
  }

  #classView(
    entry: string,
    image: Uint8Array,
    of: number | null,
    cut: NamedValues = {},
  ): ClassView {
    const asked = tensorFlow().scalar(of ?? -1, 'int32');
    const fetched = this.#fetch(entry, { images: bytes(image), class: asked, ...cut });
    const winner = fetched.get('class')?.[0];
    const values = fetched.get('values');
    if (winner === undefined || !values) throw new Error(`${entry} gave no class or no values`);
    return { class: winner, values };
  }

  #run(entry: string, inputs: NamedValues, output = 'done'): Float32Array {
    const values = this.#fetch(entry, inputs).get(output);
    if (!values) throw new Error(`entry point "${entry}" has no output "${output}"`);
    return values;
  }

  #fetch(entry: string, inputs: NamedValues): Map<string, Float32Array> {
    return this.#outputs(entry, inputs, floats);
  }

  #outputs<T>(entry: string, inputs: NamedValues, read: (value: Value) => T): Map<string, T> {
    try {
      const outputs = this.#entry(entry).predict(inputs) as NamedValues;
      const values = new Map(Object.entries(outputs).map(([name, t]) => [name, read(t)]));
      tensorFlow().dispose(outputs);
      return values;
    } finally {
      tensorFlow().dispose(inputs);
    }
  }
}

const WEIGHT_DECAY = FED_NUMBERS.indexOf('weightDecay');
const endOfStep = (numbers: Float32Array): End => endOf(numbers[WEIGHT_DECAY] ?? 0);

const TRAIN: Record<End, string> = { plain: 'train', decaying: 'train-decaying' };
const DIAGNOSE: Record<End, string> = {
  plain: 'train-and-diagnose',
  decaying: 'train-decaying-and-diagnose',
};

const BYTES_A_FLOAT = 4;

/** Of one unit of a pixel's byte, in float32 as in the graph. */
const BRIGHTNESS = Math.fround(1 / 255);
