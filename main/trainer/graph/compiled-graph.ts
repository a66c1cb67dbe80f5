import type { NetworkShape, ImageShape } from '../../../shared/network-shape.ts';
import type { KernelShape } from '../../../shared/weight-edit.ts';
import type { EntryPointName } from './entry-points/names.ts';
import type { SerializedGraph } from './saved-model.ts';
import type { UpdateVariant } from './update-variant.ts';

/** A variable as a checkpoint knows it. */
interface VariableInfo {
  name: string;
  shape: readonly number[];
}

/** A network as TensorFlow runs it. */
export interface CompiledGraph extends SerializedGraph<EntryPointName> {
  /** Names of the variables that `finite-variables` looks at, in its order. */
  floatVariables: string[];
  /** What a checkpoint of it holds. */
  variables: VariableInfo[];
  /** Learned by the optimizer, in the order of the network. */
  weights: VariableInfo[];
  /** Steps that `train-several` does; 1: there is no such entry point. */
  stepsAtOnce: number;
  /** How `train-several` updates. */
  severalVariant: UpdateVariant;
  /** Numbers of the layers whose norms `train-and-diagnose` gives, and of those whose dead units. */
  measuredLayers: number[];
  reluLayers: number[];
  /** Those of either kind, in the order of the network: `activations-histogram` has their outputs. */
  shownLayers: number[];
  /** For each primitive that `finite-outputs` looks at, the number of its layer. */
  outputLayers: number[];
  /** Its layers as configured. */
  network: NetworkShape;
  image: ImageShape;
  /**
   * The variable with the kernels of the first convolution; null where there is none. They see the image's own channels: what may
   * stand before them (dropout, pooling, batch normalisation) keeps these apart.
   */
  firstFilters: { name: string; shape: KernelShape } | null;
}
