/** So many changes can be undone. */
const MOST = 200;

/** What something was before each change, and after those that were undone. */
export class History<T> {
  #past = $state.raw<readonly T[]>([]);
  #future = $state.raw<readonly T[]>([]);
  /** What the last change went on with, so that the next one may belong to it. */
  #goingOn: string | null = null;

  get canUndo(): boolean {
    return this.#past.length > 0;
  }
  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /**
   * Before a change.
   * @param before what it is now
   * @param goesOnWith changes that go on with the same one after the other are one; null: it is one of its own
   */
  keep(before: T, goesOnWith: string | null = null): void {
    const isSame = goesOnWith !== null && goesOnWith === this.#goingOn;
    this.#goingOn = goesOnWith;
    this.#future = [];
    if (!isSame) this.#past = [...this.#past.slice(1 - MOST), before];
  }
  /** @returns what it was before the last change; `now` where nothing was changed */
  undo(now: T): T {
    const before = this.#past.at(-1);
    if (before === undefined) return now;
    this.#past = this.#past.slice(0, -1);
    this.#future = [...this.#future, now];
    this.#goingOn = null;
    return before;
  }
  redo(now: T): T {
    const after = this.#future.at(-1);
    if (after === undefined) return now;
    this.#future = this.#future.slice(0, -1);
    this.#past = [...this.#past, now];
    this.#goingOn = null;
    return after;
  }
  clear(): void {
    this.#past = [];
    this.#future = [];
    this.#goingOn = null;
  }
}
