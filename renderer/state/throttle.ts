import { atWhole, hasPassedWhole } from './whole-moments.ts';

/** Asks for an action, and forgets that it was asked for. */
interface Asking {
  (): void;
  cancel(): void;
}

/** A number, or what tells it each time. */
export type Told = number | (() => number);
export const toldNow = (told: Told): number => (typeof told === 'number' ? told : told());

/** @returns ends the wait; null: there is none */
type Begin = (since: number, run: () => void) => (() => void) | null;

/** Runs `action` once for all that is asked until it is due. */
function askingFor(begin: Begin, action: () => void): Asking {
  let endWait: (() => void) | null = null;
  let last = -Infinity;
  const run = (): void => {
    endWait = null;
    last = performance.now();
    action();
  };
  const ask = (): void => {
    if (endWait !== null) return;
    endWait = begin(performance.now() - last, run);
    if (endWait === null) run();
  };
  return Object.assign(ask, {
    cancel() {
      endWait?.();
      endWait = null;
    },
  });
}

/**
 * Runs `action` at most once in `every` milliseconds: at once when it can, and once more for what came meanwhile.
 * @param every milliseconds
 */
export const throttled = (every: Told, action: () => void): Asking =>
  askingFor((since, run) => {
    const wait = toldNow(every) - since;
    return wait > 0 ? after(wait, run) : null;
  }, action);

/**
 * Runs `action` at a whole moment (whole-moments.ts), once for all that was asked until then.
 * @param everyAfter of which multiple, after so many milliseconds since it was carried out last; 0: at once
 */
export const atNextWhole = (everyAfter: (since: number) => number, action: () => void): Asking =>
  askingFor((since, run) => {
    const every = everyAfter(since);
    return every > 0 ? atWhole(every, run) : null;
  }, action);

function after(wait: number, action: () => void): () => void {
  const timer = setTimeout(action, wait);
  return () => {
    clearTimeout(timer);
  };
}

/** Runs `action` once nothing has asked for it for `quiet` milliseconds. */
export function debounced(quiet: number, action: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, quiet);
  };
}

/** Runs `action` so many milliseconds after it was first asked for; what is asked meanwhile is done with it. */
export function delayed(wait: number, action: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      action();
    }, wait);
  };
}

/**
 * An action repeated while it is wanted, at whole multiples of its interval, so that what is asked in different places is answered and
 * painted together; the next waits for the one before, so that a slow answer is never overtaken. After one that was a little late the next
 * follows at once, so that lateness now and then costs none of them.
 */
export class Repeated {
  readonly #every: number;
  readonly #action: () => Promise<void>;
  #wanted = false;
  /** Counts how often it was wanted: an action that ends later is followed by none. */
  #series = 0;
  #endWait: () => void = () => undefined;

  constructor(every: number, action: () => Promise<void>) {
    this.#every = every;
    this.#action = action;
  }

  set wanted(wanted: boolean) {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#series += 1;
    this.#endWait();
    if (wanted) this.#runAtWhole();
  }

  #runAtWhole(): void {
    this.#endWait = atWhole(this.#every, () => void this.#run());
  }

  async #run(): Promise<void> {
    const series = this.#series;
    const begun = performance.now();
    try {
      await this.#action();
    } finally {
      const isLate = hasPassedWhole(this.#every, begun);
      const isSlow = performance.now() - begun > 1.5 * this.#every;
      if (series === this.#series) {
        if (isLate && !isSlow) this.#endWait = after(0, () => void this.#run());
        else this.#runAtWhole();
      }
    }
  }
}

/** One action after the other: what is asked for while it is under way is asked for again after it. */
export class OneAtATime {
  readonly #action: () => Promise<void>;
  readonly #again: () => void;
  #isUnderWay = false;
  /** It was asked for meanwhile. */
  #isStale = false;

  constructor(action: () => Promise<void>, again: () => void) {
    this.#action = action;
    this.#again = again;
  }

  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  /** Only where it is not under way: what is asked for again and again is asked for soon enough. */
  async runIfFree(): Promise<void> {
    if (!this.#isUnderWay) await this.run();
  }

  async run(): Promise<void> {
    if (this.#isUnderWay) {
      this.#isStale = true;
      return;
    }
    this.#isUnderWay = true;
    try {
      await this.#action();
    } finally {
      this.#isUnderWay = false;
    }
    if (!this.#isStale) return;
    this.#isStale = false;
    this.#again();
  }
}
