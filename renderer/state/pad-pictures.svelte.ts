import type { RunConfig } from '../../shared/config.ts';
import type { DatasetAnswerTo } from '../../shared/dataset-requests.ts';
import { isDatasetName } from '../../shared/dataset-names.ts';
import type { PartName } from '../../shared/dataset-parts.ts';
import { FailureError, toFailure, type Failure } from '../../shared/ipc.ts';
import type { ReadingProgress } from '../../shared/reading-progress.ts';
import type { TrainerEventOf } from '../../shared/trainer-events.ts';
import type { Api } from '../api.ts';
import { fitPicture, isDarkOnLight, type WholePicture } from '../drawing/fit-picture.ts';
import { openPicture } from '../drawing/open-picture.ts';
import { areCharacters, classNameAt } from '../text/class-words.ts';
import { exampleName } from '../text/mistake-words.ts';
import type { Recognition } from './recognition.svelte.ts';

type Data = RunConfig['data'];
type Opened = DatasetAnswerTo<'open'>;

/** Parts of the window's state. */
interface Parts {
  readonly recognition: Recognition;
  readonly training: { readonly started: TrainerEventOf<'started'> | null };
  readonly form: { readonly data: Data };
}

/** Images that nobody trained on come first. */
const partsByInterest: readonly PartName[] = ['test', 'validation', 'train'];

/** Pictures that are read in place of a drawing: files, and images of the data. */
export class PadPictures {
  readonly #api: Api;
  readonly #parts: Parts;
  #failure = $state.raw<Failure | null>(null);
  #isReading = $state(false);
  #progress = $state.raw<ReadingProgress | null>(null);
  /** The file that was opened last. */
  #file: { name: string; whole: WholePicture } | null = null;
  /** What the reader process has open for this, and by which settings. */
  #opened: { by: string; data: Opened } | null = null;
  /** How many of each class were shown. */
  #shown: Record<number, number> = {};
  /** Raised by whatever makes what was asked before pointless. */
  #turn = 0;

  constructor(api: Api, parts: Parts) {
    this.#api = api;
    this.#parts = parts;
    api.on('datasetReading', (progress) => {
      this.#progress = progress;
    });
  }

  /** Why there is no picture; null: nothing went wrong. */
  get failure(): Failure | null {
    return this.#failure;
  }
  /** The data are being read. */
  get isReading(): boolean {
    return this.#isReading;
  }
  get progress(): ReadingProgress | null {
    return this.#progress;
  }
  /** Of the run that the network is of. */
  get #data(): Data {
    return this.#parts.training.started?.config.data ?? this.#parts.form.data;
  }

  dismissFailure(): void {
    this.#failure = null;
  }

  /** Has a picture file read, its light and dark as the data have them. */
  async showFile(file: Blob, name: string): Promise<void> {
    const turn = ++this.#turn;
    this.#failure = null;
    try {
      const whole = await openPicture(file, name);
      if (turn !== this.#turn) return;
      this.#file = { name, whole };
      this.showExchanged(this.#isOtherWay(whole));
    } catch (error) {
      if (turn === this.#turn) this.#failure = toFailure(error, name);
    }
  }
  /** Has the file that was opened last read with light and dark exchanged, or as they are. */
  showExchanged(isExchanged: boolean): void {
    if (this.#file === null) return;
    const { name, whole } = this.#file;
    const { recognition } = this.#parts;
    const { fit, background } = this.#data;
    const fitting = { fit, background, isExchanged, whole };
    const pixels = fitPicture(recognition.form, fitting);
    recognition.showPicture({ from: 'file', pixels, name, className: null, fitting });
  }

  /** Has the next image of a class read; the data are read first where they are not open. */
  async showAnother(label: number): Promise<void> {
    const turn = ++this.#turn;
    const isWanted = (): boolean => turn === this.#turn;
    this.#failure = null;
    this.#progress = null;
    this.#isReading = true;
    try {
      const opened = await this.#open(isWanted);
      if (opened && isWanted()) await this.#showNext(opened, label, isWanted);
    } catch (error) {
      // The dialog of data has had others open, or the reader process ended.
      this.#opened = null;
      if (isWanted()) this.#failure = toFailure(error, this.#data.dataset);
    }
    if (isWanted()) this.#isReading = false;
  }
  stop(): void {
    this.#turn++;
    this.#isReading = false;
    this.#opened = null;
    this.#api.call('stopReading').catch(() => undefined);
  }
  /** Nobody looks at the pad any more: the data need not be kept in memory. */
  close(): void {
    if (this.#isReading) this.stop();
    if (this.#opened === null) return;
    this.#opened = null;
    this.#api.call('closeDataset').catch(() => undefined);
  }

  /** Null: it was stopped. */
  async #open(isWanted: () => boolean): Promise<Opened | null> {
    const by = JSON.stringify(this.#data);
    if (this.#opened?.by === by && (await this.#isStillOpen())) return this.#opened.data;
    const data = await this.#api.askDataset({ type: 'open', data: this.#data });
    if (data === null || !isWanted()) return null;
    this.#opened = { by, data };
    return data;
  }
  /** The dialog of data closes whatever is open. */
  async #isStillOpen(): Promise<boolean> {
    try {
      const asked = { part: 'train', label: null, from: 0, most: 0 } as const;
      return (await this.#api.askDataset({ type: 'examples', ...asked })) !== null;
    } catch {
      return false;
    }
  }

  async #showNext(opened: Opened, label: number, isWanted: () => boolean): Promise<void> {
    const { recognition } = this.#parts;
    const part = partsByInterest.find((each) => (opened.counts[each][label] ?? 0) > 0);
    const of = classNameAt(opened.classNames, label);
    if (part === undefined)
      throw this.#refusal(`The data have no image of ${of}.`, 'Choose another class.');
    const number = this.#shown[label] ?? 0;
    const from = number % (opened.counts[part][label] ?? 1);
    const page = { part, label, from, most: 1 } as const;
    const answer = await this.#api.askDataset({ type: 'examples', ...page });
    const [example] = answer?.examples ?? [];
    if (!answer || !example || !isWanted()) return;
    this.#shown = { ...this.#shown, [label]: number + 1 };
    const name = exampleName(part, example.number);
    const picture = { pixels: answer.pixels, name, className: of, fitting: null };
    if (!recognition.showPicture({ from: 'data', ...picture }))
      throw this.#refusal(
        'The data’s images are of another size than the network takes.',
        'Open the folder again whose network is to read them.',
      );
  }

  #refusal(what: string, remedy: string): FailureError {
    return new FailureError({ what, where: this.#data.dataset, remedy });
  }

  /** Whether its light and dark are the other way than those of the data, where that means anything: in writing, and sets made alike. */
  #isOtherWay(whole: WholePicture): boolean {
    const { form, images } = this.#parts.recognition;
    const means = isDatasetName(this.#data.dataset) || areCharacters(images?.classNames ?? []);
    return form.channels === 1 && means && isDarkOnLight(whole) !== form.appearance.inverted;
  }
}
