import { untrack } from 'svelte';
import type { Picture } from '../../shared/questions.ts';
import type { Learning } from './learning.svelte.ts';

/** What the network reads in several pictures, asked one after the other; while it trains they stay until a picture is another. */
export class LearnReadings {
  readonly #learning: Learning;
  readonly #pictures: () => readonly Picture[];
  #probabilities = $state.raw<readonly (readonly number[])[]>([]);
  #round = 0;

  constructor(learning: Learning, pictures: () => readonly Picture[]) {
    this.#learning = learning;
    this.#pictures = pictures;
  }

  /** One list a picture; those that are not answered yet are missing at the end. */
  get probabilities(): readonly (readonly number[])[] {
    return this.#probabilities;
  }

  /** Asks from now on; returns what ends it. */
  watch(): () => void {
    const end = $effect.root(() => {
      $effect(() => {
        const pictures = this.#pictures();
        if (this.#learning.weights !== '') untrack(() => void this.#askAll(pictures));
      });
    });
    return () => {
      end();
      this.#round++;
    };
  }

  async #askAll(pictures: readonly Picture[]): Promise<void> {
    const round = ++this.#round;
    const read: (readonly number[])[] = [];
    for (const image of pictures) {
      const answer = await this.#learning.ask({ type: 'predict', image });
      if (round !== this.#round || answer === null) return;
      read.push(answer.probabilities);
    }
    this.#probabilities = read;
  }
}
