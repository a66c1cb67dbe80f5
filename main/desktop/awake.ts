import { powerSaveBlocker } from 'electron';

/** Keeps the computer from falling asleep while a run trains. Its screen may go dark. */
export class Awake {
  /** Of Electron; null: the computer may sleep. */
  #blocker: number | null = null;

  get isKept(): boolean {
    return this.#blocker !== null;
  }

  keep(isWanted: boolean): void {
    if (isWanted === this.isKept) return;
    if (this.#blocker === null) {
      this.#blocker = powerSaveBlocker.start('prevent-app-suspension');
      return;
    }
    powerSaveBlocker.stop(this.#blocker);
    this.#blocker = null;
  }
}
