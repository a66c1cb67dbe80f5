/** Something that was done, and how it is taken back. */
export interface Toast {
  id: number;
  text: string;
  /** Null: it cannot be taken back, or need not. */
  undo: (() => void) | null;
}

/** How long one is shown, in milliseconds: long enough to be read and thought about. */
const SHOWN = 12_000;

/** What was done last, with a way back, instead of a question before it is done. */
export class Toasts {
  #toast = $state.raw<Toast | null>(null);
  #nextId = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What becomes final when the toast goes. */
  #onGone: (() => void) | null = null;

  /** Null: there is nothing to be told. */
  get toast(): Toast | null {
    return this.#toast;
  }

  /** @param onGone called when it cannot be taken back any more */
  show(text: string, undo: (() => void) | null = null, onGone: (() => void) | null = null): void {
    this.dismiss();
    this.#onGone = onGone;
    this.#toast = { id: this.#nextId++, text, undo };
    this.#count();
  }
  /** While a person looks at it, it stays. */
  hold(): void {
    clearTimeout(this.#timer);
  }
  release(): void {
    if (this.#toast) this.#count();
  }
  undo(): void {
    const undo = this.#toast?.undo;
    this.#onGone = null;
    this.dismiss();
    undo?.();
  }
  dismiss(): void {
    clearTimeout(this.#timer);
    this.#toast = null;
    const onGone = this.#onGone;
    this.#onGone = null;
    onGone?.();
  }

  #count(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.dismiss(), SHOWN);
  }
}
