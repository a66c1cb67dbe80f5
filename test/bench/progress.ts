import { stderr } from 'node:process';

/** What is being measured and how long the rest will take, on stderr. */
export class Progress {
  readonly #planned: number;
  readonly #since = performance.now();
  #done = 0;

  /** @param planned expected work of all that follows, in seconds on a usual machine */
  constructor(planned: number) {
    this.#planned = planned;
  }

  /** Tells what begins now. */
  begin(what: string): void {
    stderr.write(`${this.#left().padStart(12)}  ${what}\n`);
  }

  /** So much of the planned work is done. */
  add(seconds: number): void {
    this.#done += seconds;
  }

  /** The rest takes as much longer than planned as what is done took. */
  #left(): string {
    const seconds = (performance.now() - this.#since) / 1000;
    const rest = Math.max(this.#planned - this.#done, 0);
    const left = this.#done === 0 ? rest : (seconds / this.#done) * rest;
    return left < 90 ? `${Math.round(left)} s left` : `${Math.round(left / 60)} min left`;
  }
}
