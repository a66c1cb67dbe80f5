import { FailureError } from '../../../shared/ipc.ts';
import { elementCount, type NetworkShape } from '../../../shared/network-shape.ts';
import type { AnswerTo, LayerWay } from '../../../shared/questions.ts';
import type { CompiledGraph } from '../graph/compiled-graph.ts';

/** The answer to `backpropagation`, without what was asked. */
export type Way = Omit<AnswerTo<'backpropagation'>, 'type' | 'step' | 'class'>;

/** The most weights, and outputs of layers, that are sent to the window to be looked at one by one. */
const MOST_NUMBERS = 8_000_000;

/** @throws FailureError where the network has too many numbers for that */
export function checkSmallEnough({ parameters, layers }: NetworkShape): void {
  const outputs = layers.reduce((sum, { output }) => sum + elementCount(output), 0);
  if (parameters <= MOST_NUMBERS && outputs <= MOST_NUMBERS) return;
  throw new FailureError({
    what: 'This network is too large for its gradients to be shown number by number.',
    where: 'backpropagation',
    remedy: 'Train a network of up to 8 million weights to follow its gradients here.',
  });
}

/** Takes apart what the entry point `backpropagation` fetched. */
export function wayOf(graph: CompiledGraph, fetched: ReadonlyMap<string, Float32Array>): Way {
  const cut = {
    outputs: new Cut(fetched.get('outputs')),
    before: new Cut(fetched.get('before-activations')),
    gradients: new Cut(fetched.get('gradients')),
    variables: new Cut(fetched.get('variables')),
    variableGradients: new Cut(fetched.get('variable-gradients')),
  };
  const layers = graph.network.layers.map(({ layer, output }, k): LayerWay => {
    const size = elementCount(output);
    const isActivated = 'activation' in layer && layer.activation !== 'none';
    return {
      output: cut.outputs.next(size),
      beforeActivation: isActivated ? cut.before.next(size) : null,
      gradient: cut.gradients.next(size),
      variables: (graph.layerVariables[k] ?? []).map(({ name, shape, hasGradient }) => ({
        name,
        shape: [...shape],
        values: cut.variables.next(elementCount(shape)),
        gradient: hasGradient ? cut.variableGradients.next(elementCount(shape)) : null,
      })),
    };
  });
  const [loss = null] = fetched.get('loss') ?? [];
  return { loss, imageGradient: fetched.get('image') ?? new Float32Array(), layers };
}

/** A row of numbers of which one part after the other is taken. */
class Cut {
  readonly #row: Float32Array;
  #at = 0;

  constructor(row: Float32Array = new Float32Array()) {
    this.#row = row;
  }

  /** A copy, so that a part can be sent without the whole. */
  next(size: number): Float32Array {
    return this.#row.slice(this.#at, (this.#at += size));
  }
}
