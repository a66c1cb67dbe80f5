import type { RunConfig } from '../../shared/config.ts';
import { isDatasetName } from '../../shared/dataset-names.ts';
import { FailureError, toFailure, type Failure } from '../../shared/ipc.ts';
import type { ReadingProgress } from '../../shared/reading-progress.ts';
import type { TrainerEventOf } from '../../shared/trainer-events.ts';
import type { Api } from '../api.ts';
import { fitPicture, isDarkOnLight, type WholePicture } from '../drawing/fit-picture.ts';
import { openPicture } from '../drawing/open-picture.ts';
import { areCharacters } from '../text/class-words.ts';
import { exampleName } from '../text/mistake-words.ts';
import type { CheckpointFolder } from './checkpoint-folder.svelte.ts';
import type { Continuation } from './continuation.svelte.ts';
import type { Recognition } from './recognition.svelte.ts';

type Data = RunConfig['data'];

/** Parts of the window's state. */
interface Parts {
  readonly recognition: Recognition;
  readonly training: { readonly started: TrainerEventOf<'started'> | null };
  readonly form: { readonly data: Data };
  readonly folder: Pick<CheckpointFolder, 'path' | 'checkpointName'>;
  readonly continuation: Pick<Continuation, 'saved'>;
}

/** Pictures that are read in place of a drawing: files, and images of the data. */
export class PadPictures {
  readonly #api: Api;
  readonly #parts: Parts;
  #failure = $state.raw<Failure | null>(null);
  #isReading = $state(false);
  #progress = $state.raw<ReadingProgress | null>(null);
  /** The file that was opened last. */
  #file: { name: string; whole: WholePicture } | null = null;
  /** How many of each class were shown. */
  #shown: Record<number, number> = {};
  /** Raised by whatever makes what was asked before pointless. */
  #turn = 0;

  constructor(api: Api, parts: Parts) {
    this.#api = api;
    this.#parts = parts;
    api.on('predictionProgress', (progress) => {
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
    const { training, continuation, form } = this.#parts;
    return training.started?.config.data ?? continuation.saved?.config.data ?? form.data;
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

  /** Has the next image of a class read, of the data that the folder's run learns from; they are read first where they are not yet. */
  async showAnother(label: number): Promise<void> {
    const turn = ++this.#turn;
    const isWanted = (): boolean => turn === this.#turn;
    this.#failure = null;
    this.#progress = null;
    this.#isReading = true;
    try {
      await this.#showNext(label, isWanted);
    } catch (error) {
      if (isWanted()) this.#failure = toFailure(error, this.#parts.folder.path);
    }
    if (isWanted()) this.#isReading = false;
  }
  stop(): void {
    this.#turn++;
    this.#isReading = false;
    this.#api.call('stopPredicting').catch(() => undefined);
  }
  /** Nobody looks at the pad any more. */
  close(): void {
    if (this.#isReading) this.stop();
  }

  async #showNext(label: number, isWanted: () => boolean): Promise<void> {
    const { recognition, folder } = this.#parts;
    const checkpoint = folder.checkpointName;
    if (checkpoint === null)
      throw this.#refusal(
        'The data are found by a checkpoint, and this folder has none yet.',
        'Wait until the run has saved one.',
      );
    const from = this.#shown[label] ?? 0;
    const which = { checkpoint, dataset: null, part: 'test', label, from } as const;
    const answer = await this.#api.askPredictions({ type: 'class-image', ...which });
    if (!answer || !isWanted()) return;
    const { image } = answer;
    if (image === null)
      throw this.#refusal('The data have no image of this class.', 'Choose another class.');
    this.#shown = { ...this.#shown, [label]: from + 1 };
    const name = exampleName(image.part, image.number);
    const { pixels } = image;
    const picture = { pixels, name, className: image.name, fitting: null };
    if (!recognition.showPicture({ from: 'data', ...picture }))
      throw this.#refusal(
        'The data’s images are of another size than the network takes.',
        'Open the folder again whose network is to read them.',
      );
  }

  #refusal(what: string, remedy: string): FailureError {
    return new FailureError({ what, where: this.#parts.folder.path, remedy });
  }

  /** Whether its light and dark are the other way than those of the data, where that means anything: in writing, and sets made alike. */
  #isOtherWay(whole: WholePicture): boolean {
    const { form, images } = this.#parts.recognition;
    const means = isDatasetName(this.#data.dataset) || areCharacters(images?.classNames ?? []);
    return form.channels === 1 && means && isDarkOnLight(whole) !== form.appearance.inverted;
  }
}
