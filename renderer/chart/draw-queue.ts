/** Charts that change together, as at a zoom, are drawn in as many frames as they need, so that none of these is long. */

/** Milliseconds of drawing after which the rest waits for the next frame. Painting takes about as long again. */
const BUDGET_WHILE_MOVED = 1;
/** While nobody moves a chart: three of a long run at once, since each frame that is painted costs training. */
const BUDGET_AT_REST = 16;
/** Milliseconds after a person's last gesture. */
const AT_REST_AFTER = 500;

type Draw = () => void;

/** Draws what it is given in turn; of what waits longer only the newest. */
export class DrawQueue {
  readonly #nextFrame: (callback: () => void) => void;
  readonly #now: () => number;
  /** By chart, the one that waits longest first. */
  readonly #waiting = new Map<object, Draw>();
  /** Milliseconds in this frame. */
  #spent = 0;
  #movedAt = -Infinity;
  /** A frame is under way, and another is asked for. */
  #isOpen = false;

  constructor(
    nextFrame: (callback: () => void) => void = inNextFrame,
    now: () => number = () => performance.now(),
  ) {
    this.#nextFrame = nextFrame;
    this.#now = now;
  }

  /** Draws at once while this frame has time for it. */
  add(chart: object, draw: Draw): void {
    if (!this.#isOpen) this.#open();
    if (this.#hasTime && this.#waiting.size === 0) this.#carryOut(draw);
    else this.#waiting.set(chart, draw);
  }

  /** A person moves a chart, and is to see it follow. */
  keepFramesShort(): void {
    this.#movedAt = this.#now();
  }

  /** It is gone. */
  remove(chart: object): void {
    this.#waiting.delete(chart);
  }

  get #hasTime(): boolean {
    const isMoved = this.#now() - this.#movedAt < AT_REST_AFTER;
    return this.#spent < (isMoved ? BUDGET_WHILE_MOVED : BUDGET_AT_REST);
  }

  #open(): void {
    this.#isOpen = true;
    this.#spent = 0;
    this.#nextFrame(() => this.#drawWaiting());
  }

  #drawWaiting(): void {
    this.#isOpen = false;
    if (this.#waiting.size === 0) return;
    this.#open();
    for (const [chart, draw] of this.#waiting) {
      if (!this.#hasTime) return;
      this.#waiting.delete(chart);
      this.#carryOut(draw);
    }
  }

  #carryOut(draw: Draw): void {
    const since = this.#now();
    draw();
    this.#spent += this.#now() - since;
  }
}

/** What an event asks for is called before this frame is painted; what that asks for, in the next. */
const inNextFrame = (callback: () => void): void => {
  requestAnimationFrame(() => requestAnimationFrame(callback));
};

/** Of all charts of the window. */
export const drawQueue = new DrawQueue();
