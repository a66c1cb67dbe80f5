import { FailureError } from '../../../shared/ipc.ts';
import {
  placeOfWeight,
  type DoneEdit,
  type KernelShape,
  type WeightEdit,
} from '../../../shared/weight-edit.ts';
import type { CompiledGraph } from '../graph/compiled-graph.ts';
import type { EntryRunner } from './entry-runner.ts';
import { tensorFlow } from './tensorflow.ts';

/** Reads the first convolution's kernels and sets them by hand. Until a run goes on from them, checkpoints hold the learned weights. */
export class FirstKernels {
  readonly #runner: EntryRunner;
  readonly #filters: CompiledGraph['firstFilters'];
  /** The kernels before any edit; null if there is no edit. */
  #learned: Float32Array | null = null;
  #edits: readonly DoneEdit[] = [];

  constructor({ firstFilters }: CompiledGraph, runner: EntryRunner) {
    this.#filters = firstFilters;
    this.#runner = runner;
  }

  /** Null if the network has no convolution. */
  get shape(): KernelShape | null {
    return this.#filters?.shape ?? null;
  }

  /** Weights that are set by hand, with their values before. */
  get edits(): readonly DoneEdit[] {
    return this.#edits;
  }

  /** @returns the present kernels [height × width × channels × filters], row by row; empty if there is no convolution */
  values(): Float32Array {
    return this.#filters ? this.#runner.fetchOne('filters', 'values') : new Float32Array();
  }

  /**
   * Sets these weights by hand and all others back to their learned values.
   * @param edits the last edit of a weight counts
   * @throws FailureError if there is no such weight; nothing is changed then
   */
  set(edits: readonly WeightEdit[]): void {
    if (edits.length === 0 && this.#learned === null) return;
    const learned = this.#learned ?? this.values();
    const edited = learned.slice();
    const done = new Map<number, DoneEdit>();
    for (const edit of edits) {
      const place = this.shape && placeOfWeight(this.shape, edit);
      if (place === null) throw noSuchWeight(this.shape, edit);
      edited[place] = edit.value;
      done.set(place, { ...edit, was: learned[place] ?? 0 });
    }
    this.#runner.execute('set-filters', {
      values: tensorFlow().tensor(edited, [...(this.shape ?? [])], 'float32'),
    });
    this.#learned = done.size === 0 ? null : learned;
    this.#edits = [...done.values()];
  }

  /** Makes weights that were set by hand a part of the network from now on. */
  keep(): void {
    this.#learned = null;
    this.#edits = [];
  }

  /** Replaces weights that are set by hand by the learned ones. */
  asLearned(variables: Map<string, Float32Array>): Map<string, Float32Array> {
    if (this.#learned && this.#filters) variables.set(this.#filters.name, this.#learned.slice());
    return variables;
  }
}

function noSuchWeight(shape: KernelShape | null, edit: WeightEdit): FailureError {
  const { row, column, channel, filter } = edit;
  return new FailureError({
    what: shape
      ? `There is no weight in row ${row + 1}, column ${column + 1}, channel ${channel + 1} of filter ${filter + 1}: the kernels are ${shape[0]}×${shape[1]}×${shape[2]}, and there are ${shape[3]}.`
      : 'The network has no convolution, so it has no kernels whose weights could be set.',
    where: 'weights set by hand',
    remedy: shape
      ? 'Choose a weight of one of these kernels.'
      : 'Train a network that begins with a convolution.',
  });
}
