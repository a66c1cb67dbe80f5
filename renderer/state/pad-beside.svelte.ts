import { untrack } from 'svelte';
import { drawnSteps, type DrawnForm, type StepSwitches } from '../../shared/drawn-image.ts';
import type { Stroke } from '../../shared/strokes.ts';
import type { Api } from '../api.ts';
import { winnerOf } from '../drawing/winner.ts';
import type { Notices } from './notices.svelte.ts';
import type { Recognition } from './recognition.svelte.ts';
import { OneAtATime, Repeated, throttled } from './throttle.ts';
import type { TrainingStatus } from './training-status.svelte.ts';

const WHILE_DRAWING = 200;
/** Three and more passes through the network. */
const WHILE_TRAINING = 4_000;

type Winner = NonNullable<ReturnType<typeof winnerOf>>;
type Step = keyof StepSwitches;
type Winners = Readonly<Record<string, Winner>>;
export const stepNames: readonly Step[] = ['box', 'scale', 'centre'];

interface SideImage {
  /** What it is: a step, or a symbol's number. */
  key: string;
  /** [height, width, channels] */
  pixels: Uint8Array;
}

interface Asked {
  form: DrawnForm;
  /** `TrainingState.network` as JSON. */
  network: string;
  images: readonly SideImage[];
}

/**
 * What the network reads beside what it is shown: each of several symbols, and the same drawing with one step the other way. Asked while
 * it is watched, one question at a time.
 */
export class PadBeside {
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #recognition: Recognition;
  readonly #training: TrainingStatus;
  readonly #phase = $derived.by(() => this.#training.phase);
  /** Told again with every change of anything: equal text is the same network. */
  readonly #network = $derived.by(() => JSON.stringify(this.#training.network));
  #answered = $state.raw<{ asked: Asked; winners: Winners } | null>(null);
  #isWatched = false;
  readonly #asking = new OneAtATime(
    () => this.#askAll(),
    () => this.#ask(),
  );
  readonly #ask = throttled(WHILE_DRAWING, () => void this.#asking.run());
  readonly #polling = new Repeated(WHILE_TRAINING, () => this.#asking.runIfFree());

  constructor(api: Api, notices: Notices, recognition: Recognition, training: TrainingStatus) {
    this.#api = api;
    this.#notices = notices;
    this.#recognition = recognition;
    this.#training = training;
  }

  /** What is read where this one step is the other way; null: it is not known. */
  otherwise(step: Step): Winner | null {
    return this.#winner(step);
  }
  /** What one of several symbols is read as; null: it is not known. */
  symbol(number: number): Winner | null {
    return this.#winner(String(number));
  }

  /**
   * Asks from now on, whenever something else is drawn, and while the weights change.
   * @returns ends it
   */
  watch(): () => void {
    this.#isWatched = true;
    const endEffect = $effect.root(() => {
      $effect(() => {
        // What is asked is made when there is time to ask.
        const isThere = this.#recognition.steps !== null && this.#network !== 'null';
        const phase = this.#phase;
        untrack(() => {
          this.#polling.wanted = phase === 'training';
          if (isThere) this.#ask();
        });
      });
    });
    return () => {
      this.#isWatched = false;
      this.#ask.cancel();
      this.#polling.wanted = false;
      endEffect();
    };
  }

  #winner(key: string): Winner | null {
    const answered = this.#answered;
    return answered && this.#isOfPresent(answered.asked) ? (answered.winners[key] ?? null) : null;
  }

  /** Null: there is nothing to ask about, or nobody. */
  #wanted(): Asked | null {
    const { form, steps, pad } = this.#recognition;
    const network = this.#network;
    if (steps === null || network === 'null') return null;
    const { switches, strokes, symbols } = pad;
    const image = (key: string, drawn: readonly Stroke[], by: StepSwitches): SideImage[] => {
      const pixels = drawnSteps(drawn, form, by)?.image;
      return pixels ? [{ key, pixels }] : [];
    };
    const images = [
      ...stepNames.flatMap((step) =>
        image(step, strokes, { ...switches, [step]: !switches[step] }),
      ),
      ...symbols.flatMap((symbol, number) => image(String(number), symbol, switches)),
    ];
    return { form, network, images };
  }

  #isOfPresent({ form, network }: Asked): boolean {
    const { form: formNow, steps } = this.#recognition;
    return steps !== null && form === formNow && network === this.#network;
  }

  async #askAll(): Promise<void> {
    const asked = this.#wanted();
    if (asked === null || !this.#isWatched || this.#phase === 'crashed') return;
    const winners = await this.#notices.attemptQuietly(
      'Prediction',
      () => this.#askEach(asked),
      () => this.#phase === 'crashed' || !this.#isOfPresent(asked),
    );
    if (winners && this.#isOfPresent(asked)) this.#answered = { asked, winners };
  }

  async #askEach({ form, images }: Asked): Promise<Winners> {
    const { height, width, channels } = form;
    const winners: Record<string, Winner> = {};
    for (const { key, pixels } of images) {
      const image = { height, width, channels, pixels };
      const { probabilities } = await this.#api.ask({ type: 'predict', image });
      const winner = winnerOf(probabilities);
      if (winner) winners[key] = winner;
    }
    return winners;
  }
}
