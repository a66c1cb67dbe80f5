import type { RunConfig } from '../../shared/config.ts';
import { verdictOf, type Verdict, type VerdictKind } from '../../shared/run-verdict.ts';
import type { EpochEvent } from '../../shared/trainer-events.ts';
import type { TrainingState } from '../../shared/training-state.ts';
import type { Api } from '../api.ts';
import { SoundPlayer } from '../sound/sound-player.ts';
import { endNotes, notesOf, pitchesOf } from '../sound/verdict-sound.ts';
import {
  validationBetterWords,
  verdictTone,
  verdictWords,
  type VerdictWords,
} from '../text/verdict-words.ts';
import type { LossRecord } from './loss-record.svelte.ts';
import { delayed } from './throttle.ts';
import type { RememberedChoices } from './train-choices.svelte.ts';

/** The parts of the run that it is judged by. */
interface VerdictScene {
  readonly lossRecord: LossRecord;
  readonly curves: { readonly epochs: readonly EpochEvent[] };
  readonly trainChoices: RememberedChoices;
  /** What the run trains with; null: it is not known. */
  config(): RunConfig | null;
  /** That the images have; 0: it is not known. */
  classCount(): number;
}

/** Most datasets that are learned here have ten classes. */
const USUAL_CLASSES = 10;

/** Milliseconds after which the curves surely show an epoch that has ended. */
const SHOWN_AFTER = 1_100;

/** How the run is going, in words and in sound. */
export class RunVerdict {
  readonly #scene: VerdictScene;
  readonly #player = new SoundPlayer();
  readonly #classes = $derived.by(() => this.#scene.classCount() || USUAL_CLASSES);
  readonly #verdict = $derived.by((): Verdict =>
    verdictOf({
      epochs: this.#scene.curves.epochs,
      steps: this.#scene.lossRecord.judged,
      guessing: Math.log(this.#classes),
    }),
  );
  readonly #words = $derived.by(() => verdictWords(this.#verdict, this.#classes));
  /** What was told last of the run's end; null: nothing yet. */
  #ended: Pick<TrainingState, 'finished' | 'failure'> | null = null;
  /** At the end of the epoch before; null: there was none. */
  #kindBefore: VerdictKind | null = null;

  constructor(api: Api, scene: VerdictScene) {
    this.#scene = scene;
    api.on('history', () => {
      this.#kindBefore = null;
    });
    // The curves show an epoch a moment after it has ended.
    const soundSoon = delayed(SHOWN_AFTER, () => this.#soundIfChanged());
    api.on('epoch', soundSoon);
    api.on('training', (state) => this.#soundIfEnded(state));
  }

  /** Whether there is a run to speak of. */
  get hasRun(): boolean {
    return this.#scene.lossRecord.newestStep > 0 || this.#scene.curves.epochs.length > 0;
  }
  get words(): VerdictWords {
    return this.#words;
  }
  get tone(): 'info' | 'note' | 'bad' {
    return verdictTone[this.#verdict.kind];
  }
  /** Why the validation may be better than the training; null: it is not, or it is not known why. */
  get whyValidationIsBetter(): string | null {
    return validationBetterWords(this.#scene.curves.epochs, this.#scene.config());
  }
  /** Whether a tone tells that the verdict has changed from one epoch to the next, and that the run has ended. */
  get tonesAreOn(): boolean {
    return this.#scene.trainChoices.choices.verdictTones;
  }
  setTones(areOn: boolean): void {
    this.#scene.trainChoices.change({ verdictTones: areOn });
    if (areOn) this.#player.play([], notesOf(this.#verdict.kind));
    else this.#player.stop();
  }

  /** Plays the loss from its beginning, then the verdict. */
  hear(): void {
    this.#player.play(pitchesOf(this.#scene.lossRecord.all), notesOf(this.#verdict.kind));
  }

  /** Of a run that has ended: well, or not. */
  #soundIfEnded({ finished, failure }: TrainingState): void {
    const hasFinished = finished !== null && finished.step !== this.#ended?.finished?.step;
    const hasFailed = failure !== null && failure.what !== this.#ended?.failure?.what;
    const isFirst = this.#ended === null;
    this.#ended = { finished, failure };
    if (!isFirst && (hasFinished || hasFailed) && this.tonesAreOn)
      this.#player.play([], endNotes(hasFailed));
  }

  #soundIfChanged(): void {
    const { kind } = this.#verdict;
    const isOther = this.#kindBefore !== null && kind !== this.#kindBefore;
    this.#kindBefore = kind;
    if (isOther && this.tonesAreOn) this.#player.play([], notesOf(kind));
  }
}
