import { layerNames } from '../../../shared/layer-names.ts';
import type { Tensor } from '../checkpoint/bundle/write.ts';
import type { CompiledGraph } from '../graph/compiled-graph.ts';
import { EntryRunner } from './entry-runner.ts';
import { withPlainPath } from './plain-path.ts';
import type { GraphSession } from './graph-session.ts';
import { tensorFlow } from './tensorflow.ts';

/** Weights of a layer in their shape, and the biases of its filters or units. */
interface LayerWeightValues {
  weights?: { shape: readonly number[]; values: Float32Array };
  biases?: Float32Array;
}

/** A compiled graph in TensorFlow, with its variables: it can initialise, restore, check and copy them. */
export class LoadedGraph {
  readonly graph: CompiledGraph;
  protected readonly runner: EntryRunner;

  /** @param session of the graph; its variables have no values before `start` or `restore` */
  protected constructor(graph: CompiledGraph, session: GraphSession) {
    this.graph = graph;
    this.runner = new EntryRunner(session);
  }

  /** Gives every variable its initial value, which follows from the run's seed; the step is 0. */
  start(): void {
    this.runner.execute('start');
  }

  /**
   * Gives every variable its value in a checkpoint.
   * @param prefix the checkpoint's path without `.index`
   * @throws Error if it lacks one of the variables, has one in another shape, or cannot be read
   * @throws NoTemporaryFolderError if TensorFlow would read the path as a pattern, and no link can be made instead
   */
  restore(prefix: string): void {
    withPlainPath(prefix, (path) => {
      this.runner.execute('restore', { prefix: tensorFlow().scalar(path, 'string') });
    });
  }

  /**
   * Reads the variables.
   * @returns each variable's values by name, row by row, without the step counter
   */
  variables(): Map<string, Float32Array> {
    return this.runner.fetchAll('variables');
  }

  /**
   * What one layer has learned, or what was set by hand of it.
   * @param layer the layer's number in the list
   * @returns without `weights` if the layer has none
   */
  layerWeights(layer: number): LayerWeightValues {
    const name = layerNames(this.graph.network.layers.map((each) => each.layer))[layer] ?? '';
    const variable = this.graph.variables.find((each) => each.name === `${name}/weights`);
    if (!variable) return {};
    const present = this.runner.fetchAll('variables');
    const values = present.get(variable.name) ?? new Float32Array();
    const biases = present.get(`${name}/bias`);
    return { weights: { shape: variable.shape, values }, ...(biases && { biases }) };
  }

  /** Number of training steps done, as a checkpoint holds it. */
  step(): number {
    return this.runner.fetchInteger('step', 'step');
  }

  /** Names of the variables that hold NaN or infinity, in the order of the network. */
  notFinite(): string[] {
    const finite = this.runner.fetchOne('finite-variables', 'finite');
    return this.graph.floatVariables.filter((_, k) => finite[k] === 0);
  }

  /** Size of all variables in a checkpoint, in bytes. */
  get checkpointBytes(): number {
    const sizes = this.graph.variables.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
    return BYTES_A_FLOAT * sizes.reduce((a, b) => a + b, 0);
  }

  /**
   * Copies the variables, so that training may go on while they are written.
   * @returns each with name, shape and values, in the order of the graph's `variables`; the step counter is int64
   */
  snapshot(): Tensor[] {
    const values = this.variables();
    return this.graph.variables.map(({ name, shape }) => ({
      name,
      shape,
      // The step counter is the only variable that is not float32.
      values: values.get(name) ?? BigInt64Array.of(BigInt(this.step())),
    }));
  }

  /** Frees the graph and its variables. */
  close(): void {
    this.runner.close();
  }
}

const BYTES_A_FLOAT = 4;
