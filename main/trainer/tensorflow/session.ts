import type { LayerHistogram } from '../../../shared/histogram.ts';
import type { Batch } from '../data/batches.ts';
import type { CompiledGraph } from '../graph/compiled-graph.ts';
import { diagnoseNames, trainNames, type EntryPointName } from '../graph/entry-points/names.ts';
import { activationSpan, mapSpan } from '../graph/layer-spans.ts';
import { NOT_FINITE } from '../graph/training-step.ts';
import { updateVariantFor, variantOf } from '../graph/update-variant.ts';
import { runAugmentation } from './augmenter.ts';
import { batchTensors, bytesTensor, spanTensors, stepTensors } from './feeds.ts';
import { histogramsOf } from './layer-histograms.ts';
import { FirstKernels } from './first-kernels.ts';
import { LayerOutputs } from './layer-outputs.ts';
import { LoadedGraph } from './loaded-graph.ts';
import {
  diagnosticsOf,
  eachEvaluationOf,
  evaluationOf,
  isFiniteStep,
  metricsOf,
  stepResult,
  stepResults,
  type ClassView,
  type EachEvaluation,
  type Evaluation,
  type StepResult,
} from './outcomes.ts';
import { GraphSession } from './graph-session.ts';
import { tensorFlow, type NamedValues } from './tensorflow.ts';
import { refuseUnfitting } from './refuse-unfitting.ts';
import { wayOf, type Way } from './way.ts';

/** Images of a run, their bytes one after the other. */
export interface ShownImages {
  of: 'validation' | 'training';
  images: Uint8Array;
}

/** A network that can be trained, evaluated and asked. Each call blocks this thread until the graph has run. */
export class Session extends LoadedGraph {
  /** The kernels of the first convolution. */
  readonly kernels = new FirstKernels(this.graph, this.runner);
  /** What all layers, or one of them for several images, give. */
  readonly outputs = new LayerOutputs(this.graph, this.runner);

  /** Images that show what its layers give; null: nobody has given any. */
  sample: ShownImages | null = null;

  /**
   * Loads a graph; its variables have no values before `start` or `restore`.
   * @throws NoTemporaryFolderError if there is no place for the file from which TensorFlow reads the graph
   */
  static async open(graph: CompiledGraph): Promise<Session> {
    return new Session(graph, await GraphSession.load(graph));
  }

  /**
   * Like `open`, and gives the variables their values.
   * @param prefix the checkpoint that holds the values; null: the initial values
   * @throws FailureError if the checkpoint is not this network's; nothing stays loaded then
   * @throws Error like `restore`
   */
  static async begin(graph: CompiledGraph, prefix: string | null): Promise<Session> {
    if (prefix !== null) await refuseUnfitting(graph, prefix);
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

  /**
   * Does one training step.
   * @param step steps done before it
   * @param numbers in the order of `FED_NUMBERS`, then dropout rates
   * @returns `diverged` if the loss has no finite gradient; nothing is changed then
   */
  train(batch: Batch, step: number, numbers: Float32Array): StepResult {
    const fetched = this.#runStep(trainNames[variantOf(numbers)], batch, step, numbers);
    return stepResult(fetched && metricsOf(fetched));
  }

  /**
   * How many steps `trainSeveral` does with this weight decay.
   * @returns 1 if steps must be done one at a time
   */
  stepsAtOnce(weightDecay: number): number {
    const { severalVariant, stepsAtOnce } = this.graph;
    return updateVariantFor(weightDecay) === severalVariant ? stepsAtOnce : 1;
  }

  /**
   * Does exactly the steps that calls of `train` would do.
   * @param batch the batches of all steps, equally large and one after the other
   * @param step steps done before the first
   * @param numbers of each step, as for `train`
   * @returns how each step went, up to the first one whose loss or gradient is not finite
   */
  trainSeveral(batch: Batch, step: number, numbers: readonly Float32Array[]): StepResult[] {
    const row = Float32Array.from(numbers.flatMap((each) => [...each]));
    const fetched = this.#runStep('train-several', batch, step, row);
    const metrics = fetched
      ? metricsOf(fetched)
      : this.runner.fetchOne('metrics-before-failure', 'metrics');
    const done = fetched ? numbers.length : this.step() - step;
    const results = stepResults(metrics, this.graph.measuredLayers.length, done);
    return fetched || !results.every(isFiniteStep) ? results : [...results, { kind: 'diverged' }];
  }

  /** Does exactly the step that `train` would do, and returns what it did to each layer. */
  trainAndDiagnose(batch: Batch, step: number, numbers: Float32Array): StepResult {
    const fetched = this.#runStep(diagnoseNames[variantOf(numbers)], batch, step, numbers);
    return stepResult(fetched && metricsOf(fetched), fetched && diagnosticsOf(fetched));
  }

  /**
   * Repeats a training step's forward pass without learning.
   * @returns the number of the first layer whose output is not finite; null if all are finite
   */
  firstLayerNotFinite(batch: Batch, step: number, numbers: Float32Array): number | null {
    const inputs = stepTensors(batch, step, numbers);
    const finite = this.runner.fetchOne('finite-outputs', 'finite', inputs);
    return this.graph.outputLayers[finite.indexOf(0)] ?? null;
  }

  /**
   * Shows images as a step sees them; without augmentation they stay as they are.
   * @param images bytes [N × H × W × C]
   * @returns pixels in the same shape, 0 to 1
   */
  augmented(images: Uint8Array, step: number): Float32Array {
    return runAugmentation(this.runner, images, step);
  }

  /** The learned values: weights that are set by hand are not a part of the network yet. */
  override variables(): Map<string, Float32Array> {
    return this.kernels.asLearned(super.variables());
  }

  /** Evaluates a batch, without dropout and without learning. */
  evaluate(batch: Batch): Evaluation {
    return evaluationOf(this.runner.fetchAll('evaluate', batchTensors(batch)));
  }

  /** Evaluates a batch by the very same numbers, and tells of each example. */
  evaluateEach(batch: Batch): EachEvaluation {
    return eachEvaluationOf(this.runner.fetchAll('evaluate-each', batchTensors(batch)));
  }

  /**
   * Predicts the classes of images.
   * @param images bytes [N × H × W × C]
   * @returns probabilities [N × classes], 0 to 1
   */
  predict(images: Uint8Array): Float32Array {
    return this.runner.fetchOne('predict', 'probabilities', { images: bytesTensor(images) });
  }

  /**
   * Reads one layer's output for one image, in prediction mode.
   * @param image bytes [H × W × C]
   * @param layer the layer's number in the list
   * @returns the output in the layer's own shape, row by row
   */
  activations(image: Uint8Array, layer: number): Float32Array {
    const span = spanTensors(activationSpan(this.graph.network, layer));
    return this.runner.fetchOne('activations', 'values', { images: bytesTensor(image), ...span });
  }

  /** As `variables`, with those weights that are set by hand: what answers are computed with. */
  presentVariables(): Map<string, Float32Array> {
    return super.variables();
  }

  /** How the weights of each layer that learns are spread. */
  weightsHistograms(): LayerHistogram[] {
    if (!this.runner.has('weights-histogram')) return [];
    const fetched = this.runner.fetchAll('weights-histogram');
    return histogramsOf(this.graph, this.graph.measuredLayers, fetched);
  }

  /**
   * How the outputs of the layers are spread over images, in prediction mode.
   * @param images bytes [N × H × W × C]
   */
  activationsHistograms(images: Uint8Array): LayerHistogram[] {
    if (!this.runner.has('activations-histogram')) return [];
    const inputs = { images: bytesTensor(images) };
    const fetched = this.runner.fetchAll('activations-histogram', inputs);
    return histogramsOf(this.graph, this.graph.shownLayers, fetched);
  }

  /**
   * Takes the gradient of a class's score with respect to each pixel.
   * @param image bytes [H × W × C]
   * @param of the class; null: the most probable one
   */
  saliency(image: Uint8Array, of: number | null): ClassView {
    return this.#viewClass('saliency', image, of);
  }

  /**
   * Makes a Grad-CAM map.
   * @param image bytes [H × W × C]
   * @param of the class; null: the most probable one
   * @param layer number of a layer whose output is an image
   */
  gradCam(image: Uint8Array, of: number | null, layer: number): ClassView {
    return this.#viewClass('grad-cam', image, of, spanTensors(mapSpan(this.graph.network, layer)));
  }

  /** One example's way through the network and back: the image is bytes [H × W × C], `of` its true class. */
  backpropagate(image: Uint8Array, of: number): Way {
    const inputs = { images: bytesTensor(image), class: tensorFlow().scalar(of, 'int32') };
    return wayOf(this.graph, this.runner.fetchAll('backpropagation', inputs));
  }

  /** Runs a step. Returns null if the loss has no finite gradient, so that the step ended before it changed anything. */
  #runStep(
    entry: EntryPointName,
    batch: Batch,
    step: number,
    numbers: Float32Array,
  ): Map<string, Float32Array> | null {
    try {
      return this.runner.fetchAll(entry, stepTensors(batch, step, numbers));
    } catch (error) {
      if (!String(error).includes(NOT_FINITE)) throw error;
      return null;
    }
  }

  #viewClass(
    entry: EntryPointName,
    image: Uint8Array,
    of: number | null,
    span: NamedValues = {},
  ): ClassView {
    const asked = tensorFlow().scalar(of ?? -1, 'int32');
    const inputs = { images: bytesTensor(image), class: asked, ...span };
    const fetched = this.runner.fetchAll(entry, inputs);
    const winner = fetched.get('class')?.[0];
    const values = fetched.get('values');
    if (winner === undefined || !values) throw new Error(`${entry} gave no class or no values`);
    return { class: winner, values };
  }
}
