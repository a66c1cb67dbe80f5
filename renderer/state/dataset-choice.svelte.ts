import type { RunConfig } from '../../shared/config.ts';
import type { DatasetAnswerTo, FittedPicture, ListedSet } from '../../shared/dataset-requests.ts';
import { isDatasetName, type DatasetName } from '../../shared/dataset-names.ts';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { ImageShape } from '../../shared/network-shape.ts';
import type { ReadingProgress } from '../../shared/reading-progress.ts';
import type { Api } from '../api.ts';
import { DataForm } from './data-form.svelte.ts';
import { DatasetExamples } from './dataset-examples.svelte.ts';
import type { CountedData } from './part-counts.ts';
import { debounced } from './throttle.ts';

type Data = RunConfig['data'];
/** Data that were chosen, how many images they have, and what these are. */
type TakeData = (counted: CountedData & { data: Data }, image: ImageShape) => void;
const sumOf = (counts: readonly number[]): number => counts.reduce((sum, each) => sum + each, 0);
export type OpenedDataset = DatasetAnswerTo<'open'>;

/** What is done with the dataset that a person has in view. */
type Task = 'reading' | 'fetching';

/** Lets a person choose data and look at them; nothing of a run changes before they are taken. */
export class DatasetChoice {
  readonly #api: Api;
  readonly #take: TakeData;
  readonly settings = new DataForm();
  readonly examples: DatasetExamples;
  #isOpen = $state(false);
  #sets = $state.raw<readonly ListedSet[]>([]);
  #task = $state<Task | null>(null);
  #progress = $state.raw<ReadingProgress | null>(null);
  #opened = $state.raw<OpenedDataset | null>(null);
  /** What `opened` was read by. */
  #readBy = $state('');
  #failure = $state.raw<Failure | null>(null);
  #arePictures = $state(false);
  #picture = $state.raw<FittedPicture | null>(null);
  /** Raised by whatever makes what was asked before pointless. */
  #turn = 0;
  readonly #fitSoon = debounced(150, () => void this.#fit());

  /** @param take is given what was chosen, and what its images are */
  constructor(api: Api, take: TakeData) {
    this.#api = api;
    this.#take = take;
    this.examples = new DatasetExamples(api);
    api.on('datasetReading', (progress) => {
      this.#progress = progress;
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }
  get sets(): readonly ListedSet[] {
    return this.#sets;
  }
  /** Null: nothing is under way. */
  get task(): Task | null {
    return this.#task;
  }
  /** Null: not known yet. */
  get progress(): ReadingProgress | null {
    return this.#progress;
  }
  /** What was read last; null: nothing was, or it could not be. */
  get opened(): OpenedDataset | null {
    return this.#opened;
  }
  /** Why the data could not be read; null: they could, or nothing was tried. */
  get failure(): Failure | null {
    return this.#failure;
  }
  /** The data are picture files, to which size, fit, channels and background apply. */
  get arePictures(): boolean {
    return this.#arePictures;
  }
  /** What each fit makes of a picture; null: none was seen yet. */
  get picture(): FittedPicture | null {
    return this.#picture;
  }
  /** The settings are not those any more that the data in view were read by. */
  get isStale(): boolean {
    return this.#opened !== null && this.#readBy !== JSON.stringify(this.settings.data);
  }
  /** The data in view can be taken. */
  get canTake(): boolean {
    return this.#opened !== null && !this.isStale && this.#task === null;
  }
  /** The set by its name that the settings name; null: they name a place. */
  get namedSet(): ListedSet | null {
    return this.#sets.find(({ name }) => name === this.settings.chosen.dataset) ?? null;
  }

  /** Opens with the data that a run would have; does nothing where it is open. */
  async open(data: Data): Promise<void> {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.settings.load(data);
    this.#forget();
    const turn = this.#turn;
    const listed = this.#loadSets();
    // Whether a set is here is told with the list of sets.
    if (isDatasetName(data.dataset)) await listed;
    if (turn === this.#turn && this.namedSet?.isHere !== false) await this.readAgain();
  }
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#forget();
    this.#tell('closeDataset');
  }
  /** Takes the data in view for the next run. */
  take(): void {
    const { data } = this.settings;
    if (!this.canTake || data === null || this.#opened === null) return;
    const { height, width, channels, classNames, counts } = this.#opened;
    const examples = {
      train: sumOf(counts.train),
      validation: sumOf(counts.validation),
      test: sumOf(counts.test),
    };
    this.#take(
      { data, examples, classNames },
      { height, width, channels, classes: classNames.length },
    );
    this.close();
  }

  async choose(kind: 'folder' | 'file'): Promise<void> {
    try {
      const place = await this.#api.call('chooseDataset', { kind });
      if (place !== null && this.#isOpen) await this.chooseDataset(place);
    } catch (error) {
      this.#failure = toFailure(error, 'the dialog');
    }
  }
  /** A set by its name, or a place. */
  async chooseDataset(dataset: string): Promise<void> {
    this.stop();
    this.settings.choose({ dataset });
    // A size that was being typed for other pictures would keep these from being read.
    this.settings.dropProblems();
    this.#forget();
    this.#arePictures = false;
    this.#picture = null;
    const set = this.namedSet;
    if (set === null || set.isHere) await this.readAgain();
  }
  /** Something but the dataset was set. */
  noteSetting(): void {
    this.#fitSoon();
  }

  /** Reads the data by the settings as they are. */
  async readAgain(): Promise<void> {
    const { data } = this.settings;
    if (data === null) return;
    this.#forget();
    void this.#fit();
    const answer = await this.#attempt('reading', data.dataset, () =>
      this.#api.askDataset({ type: 'open', data }),
    );
    if (!answer) return;
    this.#opened = answer;
    this.#readBy = JSON.stringify(data);
    await this.examples.load(answer);
  }
  /** Gets a set by its name from its host, and reads it. */
  async fetch(name: DatasetName): Promise<void> {
    this.#forget();
    const answer = await this.#attempt('fetching', name, () =>
      this.#api.askDataset({ type: 'fetch', name }),
    );
    if (!answer) return;
    const turn = this.#turn;
    await this.#loadSets();
    if (turn === this.#turn && this.settings.chosen.dataset === name) await this.readAgain();
  }
  stop(): void {
    this.#turn++;
    this.#task = null;
    this.#tell('stopReading');
  }

  /** Neither waits for an answer: a window that cannot be heard is told of elsewhere. */
  #tell(name: 'closeDataset' | 'stopReading'): void {
    this.#api.call(name).catch(() => undefined);
  }

  #forget(): void {
    this.#turn++;
    this.#task = null;
    this.#progress = null;
    this.#opened = null;
    this.#failure = null;
    this.examples.close();
  }

  /** Does what takes its time; null where it failed, was stopped, or something else was asked for meanwhile. */
  async #attempt<T>(task: Task, where: string, ask: () => Promise<T | null>): Promise<T | null> {
    const turn = this.#turn;
    this.#task = task;
    this.#progress = null;
    try {
      const answer = await ask();
      if (turn !== this.#turn) return null;
      this.#task = null;
      return answer;
    } catch (error) {
      if (turn === this.#turn) {
        this.#task = null;
        this.#failure = toFailure(error, where);
      }
      return null;
    }
  }

  async #loadSets(): Promise<void> {
    const turn = this.#turn;
    try {
      const answer = await this.#api.askDataset({ type: 'sets' });
      this.#sets = answer?.sets ?? this.#sets;
    } catch (error) {
      if (turn === this.#turn) this.#failure = toFailure(error, 'the list of sets');
    }
  }

  /** What is wrong with the pictures is told by reading them, not here. */
  async #fit(): Promise<void> {
    const { data } = this.settings;
    const turn = this.#turn;
    if (data === null || !this.#isOpen) return;
    const answer = await this.#api.askDataset({ type: 'fit', data }).catch(() => null);
    if (!answer || turn !== this.#turn) return;
    this.#arePictures = answer.arePictures;
    this.#picture = answer.picture;
  }
}
