/** Speed and time left, from the training time alone: pauses, saving and evaluation are not counted. */
export class Progress {
  /** Weight of the past in the moving mean of a step's time. */
  static readonly #MEMORY = 0.95;
  #secondsPerExample: number | null = null;
  #trainingSeconds = 0;

  /** Seconds spent in steps since this start. */
  get seconds(): number {
    return this.#trainingSeconds;
  }

  get examplesPerSecond(): number {
    return this.#secondsPerExample === null ? 0 : 1 / this.#secondsPerExample;
  }

  add(examples: number, seconds: number): void {
    this.#trainingSeconds += seconds;
    const now = seconds / examples;
    this.#secondsPerExample =
      this.#secondsPerExample === null
        ? now
        : this.#secondsPerExample * Progress.#MEMORY + now * (1 - Progress.#MEMORY);
  }

  secondsLeft(examples: number): number | null {
    return this.#secondsPerExample === null ? null : this.#secondsPerExample * examples;
  }
}
