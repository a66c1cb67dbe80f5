import { untrack } from 'svelte';
import type { CheckpointSummary } from '../../shared/checkpoint-protocol.ts';
import type { CheckpointList } from '../../shared/checkpoint-listing.ts';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { Api } from '../api.ts';
import type { LayerValues } from '../chart/activation-maps.ts';
import type { Insight } from './ask-insight.ts';
import { OneAtATime, throttled } from './throttle.ts';
import type { Weights } from './first-layer-filters.svelte.ts';

/** Parts of the window's state. */
interface Parts {
  readonly api: Api;
  readonly runs: {
    readonly saved: { readonly list: CheckpointList | null; refresh(): Promise<void> };
  };
  readonly insights: { readonly insight: Insight | null };
}

/** The same drawing, seen by both networks. */
export interface SeenTwice {
  /** The other checkpoint's. */
  name: string;
  /** What the present network had answered; both were asked about its pixels. */
  of: Insight;
  first: { layer: LayerValues; step: number };
  second: { layer: LayerValues; probabilities: readonly number[]; step: number };
}

const WHILE_DRAWING = 150;

/** Another checkpoint's network beside the present one: what it makes of the same drawing. It is held only while it is looked at. */
export class SecondNetwork {
  readonly #parts: Parts;
  #chosen = $state<string | null>(null);
  #layer = $state<number | null>(null);
  #seen = $state.raw<SeenTwice | null>(null);
  #weights = $state.raw<{ name: string; weights: Weights | null } | null>(null);
  #failure = $state.raw<{ name: string; failure: Failure } | null>(null);
  #isChoosing = false;
  #isWatched = false;
  /** The reader may have its network open. */
  #isHeld = false;
  readonly #asking = new OneAtATime(
    () => this.#askAll(),
    () => this.#ask(),
  );
  readonly #ask = throttled(WHILE_DRAWING, () => void this.#asking.run());

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Those that it can be, the newest first. */
  get checkpoints(): readonly CheckpointSummary[] {
    return this.#parts.runs.saved.list?.checkpoints ?? [];
  }
  /** The one that is looked at; null: none, or it is not there any more. */
  readonly checkpoint = $derived.by(
    () => this.checkpoints.find(({ name }) => name === this.#chosen) ?? null,
  );
  choose(name: string | null): void {
    this.#chosen = name;
  }

  /** The person comes to the choice of them, and the list is made anew; or leaves it. */
  set isChoosing(isChoosing: boolean) {
    if (isChoosing && !this.#isChoosing) void this.#parts.runs.saved.refresh();
    this.#isChoosing = isChoosing;
  }
  /** Whether it is to be seen that another was saved, or one was pruned. */
  readonly isListed = (): boolean =>
    this.#isChoosing || this.#chosen !== null || this.checkpoints.length === 0;

  /** The layer that is compared, by its place; the last one that answers with maps, until another is chosen. */
  readonly layer = $derived.by((): number | null => {
    const layers = this.#parts.insights.insight?.layers ?? [];
    const chosen = layers.find(({ index }) => index === this.#layer);
    return (
      chosen?.index ??
      layers.findLast(({ shape }) => shape.length === 3)?.index ??
      layers.at(-1)?.index ??
      null
    );
  });
  chooseLayer(index: number): void {
    this.#layer = index;
  }

  /** Null: nothing is drawn, or it was not answered yet. */
  get seen(): SeenTwice | null {
    const seen = this.#seen;
    return seen !== null &&
      seen.name === this.checkpoint?.name &&
      seen.first.layer.index === this.layer
      ? seen
      : null;
  }
  /** Its first layer's weights; null: they are not known, or there are none. */
  get weights(): Weights | null {
    const known = this.#weights;
    return known !== null && known.name === this.checkpoint?.name ? known.weights : null;
  }
  /** Why it cannot be asked; null: it can. */
  get failure(): Failure | null {
    const failed = this.#failure;
    return failed !== null && failed.name === this.checkpoint?.name ? failed.failure : null;
  }

  /**
   * Asks from now on, whenever the checkpoint, the layer or the drawing is another.
   * @returns ends it, and gives its memory back
   */
  watch(): () => void {
    this.#isWatched = true;
    const endEffect = $effect.root(() => {
      $effect(() => {
        const { checkpoint, layer } = this;
        const { insight } = this.#parts.insights;
        untrack(() => {
          if (checkpoint === null) this.#release();
          else if (this.#isNew(checkpoint.name, insight, layer)) this.#ask();
        });
      });
    });
    return () => {
      this.#isWatched = false;
      this.#isChoosing = false;
      this.#ask.cancel();
      endEffect();
      this.#release();
    };
  }

  #isNew(name: string, insight: Insight | null, layer: number | null): boolean {
    const seen = this.#seen;
    if (this.#weights?.name !== name) return true;
    if (insight === null) return false;
    return seen?.name !== name || seen.first.layer.index !== layer || seen.of !== insight;
  }

  /** @param isLast nothing is asked after it: what is asked now is given back when it has been answered */
  #release(isLast = !this.#asking.isUnderWay): void {
    this.#weights = null;
    this.#seen = null;
    if (!this.#isHeld || !isLast) return;
    this.#isHeld = false;
    void this.#parts.api.call('releaseCheckpoint').catch(() => undefined);
  }

  async #askAll(): Promise<void> {
    const name = this.checkpoint?.name;
    if (name === undefined) return;
    this.#isHeld = true;
    try {
      if (this.#weights?.name !== name)
        this.#weights = { name, weights: await this.#askWeights(name) };
      const seen = await this.#see(name);
      if (seen) this.#seen = seen;
      this.#failure = null;
    } catch (error) {
      this.#failure = { name, failure: toFailure(error, name) };
    }
    if (!this.#isWatched || this.checkpoint === null) this.#release(true);
  }

  async #askWeights(name: string): Promise<Weights | null> {
    const answer = await this.#parts.api.askCheckpoint(name, { type: 'filters' });
    const { shape = null, values } = answer ?? {};
    return shape && values ? { shape, values } : null;
  }

  /** @returns null where there is nothing to be seen */
  async #see(name: string): Promise<SeenTwice | null> {
    const { insight } = this.#parts.insights;
    const own = insight?.layers.find(({ index }) => index === this.layer);
    if (!insight || !own) return null;
    const { index } = own;
    const first = { layer: own, step: insight.step };
    const before = this.#seen;
    // While it trains, the present network's answer alone is another.
    if (
      before?.name === name &&
      before.first.layer.index === index &&
      before.of.pixels === insight.pixels
    )
      return { ...before, first, of: insight };
    const { api } = this.#parts;
    const { height, width, channels } = insight.form;
    const image = { height, width, channels, pixels: insight.pixels };
    const predicted = await api.askCheckpoint(name, { type: 'predict', image });
    const answer = await api.askCheckpoint(name, { type: 'activations', image, layer: index });
    if (!predicted || !answer?.shape) return null;
    const { shape, values } = answer;
    const { probabilities, step } = predicted;
    const second = { layer: { index, shape, values }, probabilities, step };
    return { name, of: insight, first, second };
  }
}
