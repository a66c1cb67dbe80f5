import type { NetworkShape } from '../../../shared/network-shape.ts';
import type { ImageShape } from './inputs.ts';
import type { End } from './training-step.ts';

/** A network as TensorFlow runs it. */
export interface CompiledGraph {
  /** Bytes of a saved_model.pb. */
  savedModel: Uint8Array;
  /** As `savedModel`, its signatures alone. */
  signatures: Uint8Array;
  /** Names of its signatures. */
  entryPoints: string[];
  /** Names of the variables that `finite` looks at, in its order. */
  floats: string[];
  /** What a checkpoint of it holds. */
  variables: { name: string; shape: readonly number[] }[];
  /** Learned by the optimizer, in the order of the network. */
  weights: { name: string; shape: readonly number[] }[];
  /** Steps that `train-several` does, and how each ends. */
  stepsAtOnce: number;
  severalEnd: End;
  /** Numbers of the layers whose norms `train-and-diagnose` gives, and of those whose dead units. */
  measuredLayers: number[];
  reluLayers: number[];
  /** For each step of arithmetic that `examine` looks at, the number of its layer. */
  outputLayers: number[];
  /** Its layers as configured. */
  network: NetworkShape;
  image: ImageShape;
  /**
   * Shape of the kernels of the first convolution, [height, width, channels, filters]; null where there is none. They see the
   * image's own channels: what may stand before them (dropout, pooling, batch normalisation) keeps these apart.
   */
  filterShape: readonly number[] | null;
}
