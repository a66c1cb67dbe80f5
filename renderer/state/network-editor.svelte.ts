import type { LayerConfig, LayerType } from '../../shared/config.ts';
import { usualLayer } from '../../shared/setting-variants.ts';
import type { LayerOrigins, RunForm } from './run-form.svelte.ts';

/** The network's column as a person changes it: which layer is chosen, and what is done with it. */
export class NetworkEditor {
  readonly #form: RunForm;
  #chosen = $state<number | null>(0);

  constructor(form: RunForm) {
    this.#form = form;
  }

  get layers(): readonly LayerConfig[] {
    return this.#form.network.layers;
  }
  /** Number of the layer that is looked at; null: none is. */
  get chosen(): number | null {
    return this.#chosen !== null && this.#chosen < this.layers.length ? this.#chosen : null;
  }
  choose(index: number | null): void {
    this.#chosen = index;
  }

  /** Puts a layer after the chosen one; where none is chosen, at the end. */
  add(type: LayerType): void {
    this.#insert((this.chosen ?? this.layers.length - 1) + 1, usualLayer(type));
  }
  duplicate(index: number): void {
    const layer = this.layers[index];
    if (layer) this.#insert(index + 1, structuredClone(layer));
  }
  /** The last one stays: a network has at least one layer. */
  remove(index: number): void {
    if (this.layers.length === 1) return;
    this.#change(this.#numbers.filter((at) => at !== index));
    this.#chosen = Math.min(index, this.layers.length - 1);
  }
  /** @param to where it is to be, among the others */
  move(index: number, to: number): void {
    if (to < 0 || to >= this.layers.length || to === index) return;
    const others = this.#numbers.filter((at) => at !== index);
    this.#change([...others.slice(0, to), index, ...others.slice(to)]);
    this.#chosen = to;
  }
  /** Takes another list, such as one that mends what did not fit; the chosen layer stays the one of that place. */
  replace(layers: readonly LayerConfig[]): void {
    const isSame = layers.length === this.layers.length;
    this.#form.changeLayers(layers, isSame ? this.#numbers : layers.map(() => null));
  }

  get #numbers(): number[] {
    return this.layers.map((_, at) => at);
  }
  #insert(at: number, layer: LayerConfig): void {
    const layers = [...this.layers.slice(0, at), layer, ...this.layers.slice(at)];
    const numbers = this.#numbers;
    this.#form.changeLayers(layers, [...numbers.slice(0, at), null, ...numbers.slice(at)]);
    this.#chosen = at;
  }
  #change(origins: readonly number[]): void {
    const layers = origins.flatMap((at) => this.layers[at] ?? []);
    this.#form.changeLayers(layers, origins satisfies LayerOrigins);
  }
}
