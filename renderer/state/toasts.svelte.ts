/** Something that was done, and how it is taken back. */
export interface Toast {
  id: number;
  text: string;
  /** Null: it cannot be taken back, or need not. */
  undo: (() => void) | null;
  /** What the button says that does it. */
  label: string;
}

/** How long one is shown, in milliseconds: long enough to be read and thought about. */
const SHOWN = 12_000;

/** What was done last, with a way back, instead of a question before it is done. */
export class Toasts {
  #toast = $state.raw<Toast | null>(null);
  #nextId = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Null: there is nothing to be told. */
  get toast(): Toast | null {
    return this.#toast;
  }

  /** @param label of something else that is offered in place of a way back */
  show(text: string, undo: (() => void) | null = null, label = 'Undo'): void {
    this.#toast = { id: this.#nextId++, text, undo, label };
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
    this.dismiss();
    undo?.();
  }
  dismiss(): void {
    clearTimeout(this.#timer);
    this.#toast = null;
  }

  #count(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.dismiss(), SHOWN);
  }
}
