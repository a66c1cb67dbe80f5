import type { PartName } from '../../shared/dataset-parts.ts';
import type { DatasetAnswerTo, ShownExample } from '../../shared/dataset-requests.ts';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { Api } from '../api.ts';
import { paintImage } from '../drawing/paint-image.ts';

type Opened = DatasetAnswerTo<'open'>;

/** An image of a dataset, ready to be drawn. */
export interface DrawnExample extends ShownExample {
  /** RGBA, row by row. */
  bytes: Uint8ClampedArray<ArrayBuffer>;
}
export interface DrawnPair {
  test: DrawnExample;
  train: DrawnExample;
  /** Mean difference of brightness, 0 to 255. */
  difference: number;
}

/** Images that are shown at a time, and the most bytes of them; large images are fewer. */
const MOST_SHOWN = 48;
const MOST_BYTES = 6e6;
const LEAST_SHOWN = 8;
const MOST_PAIRS = 24;

/** The images of the dataset that is open, some at a time, and those of its test that look like one that is trained on. */
export class DatasetExamples {
  readonly #api: Api;
  #opened: Opened | null = null;
  /** Of what was open last. */
  #classes = '';
  #part = $state<PartName>('train');
  #label = $state<number | null>(null);
  #pageSize = $state(MOST_SHOWN);
  #from = $state(0);
  #total = $state(0);
  #shown = $state.raw<readonly DrawnExample[]>([]);
  #pairs = $state.raw<readonly DrawnPair[] | null>(null);
  #failure = $state.raw<Failure | null>(null);

  constructor(api: Api) {
    this.#api = api;
  }

  get part(): PartName {
    return this.#part;
  }
  /** The class that is shown; null: all. */
  get label(): number | null {
    return this.#label;
  }
  /** How many images stand before those that are shown. */
  get from(): number {
    return this.#from;
  }
  /** Of the part and class that are shown. */
  get total(): number {
    return this.#total;
  }
  get shown(): readonly DrawnExample[] {
    return this.#shown;
  }
  /** Null: they are still being looked for; empty, too, where that failed. */
  get pairs(): readonly DrawnPair[] | null {
    return this.#pairs;
  }
  get failure(): Failure | null {
    return this.#failure;
  }
  /** Images of a page. */
  get pageSize(): number {
    return this.#pageSize;
  }

  /** Nothing is open any more; which part and class were looked at is kept, should the same be read again. */
  close(): void {
    this.#opened = null;
    this.#from = 0;
    this.#total = 0;
    this.#shown = [];
    this.#pairs = null;
    this.#failure = null;
  }
  async load(opened: Opened): Promise<void> {
    this.close();
    if (JSON.stringify(opened.classNames) !== this.#classes) {
      this.#classes = JSON.stringify(opened.classNames);
      this.#part = 'train';
      this.#label = null;
    }
    this.#opened = opened;
    const fitting = Math.floor(MOST_BYTES / (opened.height * opened.width * opened.channels));
    this.#pageSize = Math.min(MOST_SHOWN, Math.max(LEAST_SHOWN, fitting));
    await this.#loadPage();
    if (opened === this.#opened) await this.#loadPairs(opened);
  }
  async showPart(part: PartName): Promise<void> {
    this.#part = part;
    this.#total = 0;
    await this.goTo(0);
  }
  /** @param label null: images of all classes */
  async showClass(label: number | null): Promise<void> {
    this.#label = label;
    this.#total = 0;
    await this.goTo(0);
  }
  async goTo(from: number): Promise<void> {
    this.#from = from;
    await this.#loadPage();
  }

  async #loadPage(): Promise<void> {
    const most = this.#pageSize;
    const [opened, part, label, from] = [this.#opened, this.#part, this.#label, this.#from];
    if (opened === null) return;
    const isWanted = (): boolean =>
      opened === this.#opened &&
      part === this.#part &&
      label === this.#label &&
      from === this.#from;
    try {
      const answer = await this.#api.askDataset({ type: 'examples', part, label, from, most });
      if (!answer || !isWanted()) return;
      const bytesOf = picturesIn(answer.pixels, opened);
      this.#failure = null;
      this.#total = answer.total;
      this.#shown = answer.examples.map((example, k) => ({ ...example, bytes: bytesOf(k) }));
    } catch (error) {
      if (isWanted()) this.#failure = toFailure(error, 'the samples');
    }
  }

  async #loadPairs(opened: Opened): Promise<void> {
    try {
      const answer = await this.#api.askDataset({
        type: 'alike',
        most: Math.min(MOST_PAIRS, this.#pageSize),
      });
      if (!answer || opened !== this.#opened) return;
      const bytesOf = picturesIn(answer.pixels, opened);
      this.#pairs = answer.pairs.map(({ test, train, difference }, k) => ({
        test: { ...test, bytes: bytesOf(2 * k) },
        train: { ...train, bytes: bytesOf(2 * k + 1) },
        difference,
      }));
    } catch (error) {
      if (opened !== this.#opened) return;
      this.#pairs = [];
      this.#failure = toFailure(error, 'the samples');
    }
  }
}

/** The k-th of images that lie one after the other. */
function picturesIn(pixels: Uint8Array, { height, width, channels }: Opened) {
  const size = height * width * channels;
  return (k: number) => paintImage(pixels.subarray(k * size, (k + 1) * size), channels);
}
