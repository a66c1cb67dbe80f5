/** Asks for an action, and forgets that it was asked for. */
interface Asking {
  (): void;
  cancel(): void;
}

/** A number, or what tells it each time. */
export type Told = number | (() => number);
export const toldNow = (told: Told): number => (typeof told === 'number' ? told : told());

/**
 * Runs `action` once for all that is asked until it is due.
 * @param waitAfter milliseconds until it is due, after so many since it was carried out last; 0 or less: at once
 */
export function dueAfter(waitAfter: (since: number) => number, action: () => void): Asking {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let last = -Infinity;
  const run = (): void => {
    timer = null;
    last = performance.now();
    action();
  };
  const ask = (): void => {
    if (timer !== null) return;
    const wait = waitAfter(performance.now() - last);
    if (wait <= 0) run();
    else timer = setTimeout(run, wait);
  };
  return Object.assign(ask, {
    cancel() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  });
}

/**
 * Runs `action` at most once in `every` milliseconds: at once when it can, and once more for what came meanwhile.
 * @param every milliseconds
 */
export const throttled = (every: Told, action: () => void): Asking =>
  dueAfter((since) => toldNow(every) - since, action);

/** @returns milliseconds until the clock of the page is a whole multiple of `every` */
export const untilWhole = (every: number): number => every - (performance.now() % every);

/** A browser may fire a timer so many milliseconds too early. */
const EARLY = 2;
/** @returns whether the clock of the page was a whole multiple of `every` since that time of it */
export const hasPassedWhole = (every: number, since: number): boolean =>
  Math.floor((performance.now() + EARLY) / every) > Math.floor((since + EARLY) / every);

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
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(every: number, action: () => Promise<void>) {
    this.#every = every;
    this.#action = action;
  }

  set wanted(wanted: boolean) {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    clearTimeout(this.#timer);
    if (wanted) this.#next();
  }

  #next(wait = untilWhole(this.#every)): void {
    this.#timer = setTimeout(() => {
      const begun = performance.now();
      void this.#action().finally(() => {
        if (!this.#wanted) return;
        const isLate = hasPassedWhole(this.#every, begun);
        const isSlow = performance.now() - begun > 1.5 * this.#every;
        if (isLate && !isSlow) this.#next(0);
        else this.#next();
      });
    }, wait);
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
