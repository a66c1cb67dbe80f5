import { secondsOfWork, type WorkLeft } from '../../../shared/work-left.ts';

const REMEMBERED = 25;

/** Seconds for one unit of work: the median of the last measurements, so that making a graph ready, which happens once, does not count. */
class RecentPace {
  readonly #recent: number[] = [];

  /** Null if nothing was measured. */
  get seconds(): number | null {
    const sorted = this.#recent.toSorted((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
  }

  add(count: number, seconds: number): void {
    this.#recent.push(seconds / count);
    if (this.#recent.length > REMEMBERED) this.#recent.shift();
  }
}

/** The speed of a run, and the time left for its remaining work, from what was measured so far. Pauses do not count. */
export class Progress {
  readonly #trained = new RecentPace();
  readonly #evaluated = new RecentPace();
  readonly #heldUp = new RecentPace();
  #quickestWrite: number | null = null;
  #trainingSeconds = 0;

  /** Seconds spent in steps since this start. */
  get seconds(): number {
    return this.#trainingSeconds;
  }

  get examplesPerSecond(): number {
    const { seconds } = this.#trained;
    return seconds === null ? 0 : 1 / seconds;
  }

  /** Seconds for which taking a checkpoint holds training up; 0 while none was taken. */
  get holdUp(): number {
    return this.#heldUp.seconds ?? 0;
  }

  /** Seconds from then until it is written, the least so far, since nothing trains beside the last one; 0 while none was written. */
  get write(): number {
    return this.#quickestWrite ?? 0;
  }

  addTraining(examples: number, seconds: number): void {
    this.#trainingSeconds += seconds;
    this.#trained.add(examples, seconds);
  }

  addEvaluation(examples: number, seconds: number): void {
    this.#evaluated.add(examples, seconds);
  }

  addHoldUp(seconds: number): void {
    this.#heldUp.add(1, seconds);
  }

  addWrite(seconds: number): void {
    this.#quickestWrite = Math.min(this.#quickestWrite ?? seconds, seconds);
  }

  /** Null while nothing was measured. Training and evaluation are each guessed from the other, since a run may begin with either. */
  secondsLeft(work: WorkLeft): number | null {
    return secondsOfWork(work, {
      trained: this.#trained.seconds,
      evaluated: this.#evaluated.seconds,
      heldUp: this.holdUp,
      written: this.write,
    });
  }
}
