import type { NetworkShape, ImageShape } from '../../../shared/network-shape.ts';
import type { KernelShape } from '../../../shared/weight-edit.ts';
import type { NamedVariable } from './entry-points/backpropagation.ts';
import type { EntryPointName } from './entry-points/names.ts';
import type { SerializedGraph } from './saved-model.ts';
import type { UpdateVariant } from './update-variant.ts';

/** A variable's name in a checkpoint, and its shape. */
interface VariableInfo {
  name: string;
  shape: readonly number[];
}

/** A variable of a layer, by what it is to it. */
export interface LayerVariable {
  name: NamedVariable['name'];
  shape: readonly number[];
  /** Whether `backpropagation` answers its gradient. */
  hasGradient: boolean;
}

/** A network as TensorFlow runs it. */
export interface CompiledGraph extends SerializedGraph<EntryPointName> {
  /** Names of the variables that `finite-variables` looks at, in its order. */
  floatVariables: string[];
  /** The variables that a checkpoint holds. */
  variables: VariableInfo[];
  /** The variables that the optimizer changes, in the order of the network. */
  weights: VariableInfo[];
  /** What each layer computes with, in the order in which `backpropagation` answers it. */
  layerVariables: LayerVariable[][];
  /** Steps that one run of `train-several` does; 1 means that there is no such entry point. */
  stepsAtOnce: number;
  /** The kind of update that `train-several` does. */
  severalVariant: UpdateVariant;
  /** Numbers of the layers whose norms `train-and-diagnose` gives, and of those whose share of dead units it gives. */
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
   * The variable with the kernels of the first convolution; null if there is none. They see the image's own channels: the layers that may
   * come before (dropout, pooling, batch normalisation) do not mix channels.
   */
  firstFilters: { name: string; shape: KernelShape } | null;
}
