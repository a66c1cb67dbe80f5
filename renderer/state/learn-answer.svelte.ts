import { untrack } from 'svelte';
import type { AnswerTo, Question } from '../../shared/questions.ts';
import type { Learning } from './learning.svelte.ts';
import { Repeated } from './throttle.ts';

const WHILE_TRAINING = 400;

/** The answer to a question of a Learn page: asked anew whenever the question or the weights are others. */
export class LearnAnswer<Q extends Question> {
  readonly #learning: Learning;
  readonly #question: () => Q | null;
  #answer = $state.raw<AnswerTo<Q['type']> | null>(null);
  #asked = 0;

  /** @param question null: nothing is asked now */
  constructor(learning: Learning, question: () => Q | null) {
    this.#learning = learning;
    this.#question = question;
  }

  /** The newest one, which may be of a question just before; null: there is none yet. */
  get answer(): AnswerTo<Q['type']> | null {
    return this.#answer;
  }

  /**
   * Asks from now on.
   * @returns ends it
   */
  watch(): () => void {
    const polling = new Repeated(WHILE_TRAINING, () => this.#ask());
    const end = $effect.root(() => {
      $effect(() => {
        polling.wanted = this.#learning.isChanging;
        const isAnother = this.#learning.weights !== '' && this.#question() !== null;
        untrack(() => {
          if (isAnother) void this.#ask();
          else this.#answer = null;
        });
      });
    });
    return () => {
      end();
      polling.wanted = false;
      this.#asked++;
    };
  }

  async #ask(): Promise<void> {
    const question = this.#question();
    if (question === null) return;
    const asked = ++this.#asked;
    const answer = await this.#learning.ask(question);
    if (answer !== null && asked === this.#asked) this.#answer = answer;
  }
}
