/**
 * While a run trains, what is shown of it changes together: each frame that is painted costs training,
 * however little has changed in it, so four parts of the window that change in one frame cost what one does.
 */

/** Milliseconds: seen as live still. */
const BEAT = 400;

/** @returns milliseconds until the clock of the page is a whole multiple of `every` */
export const untilWhole = (every: number): number => every - (performance.now() % every);

/** What asks for an action, and what forgets that it was asked for. */
interface OnBeat {
  (): void;
  cancel(): void;
}

/**
 * Runs `action` at the next beat that is a whole multiple of `beats`, once for all that was asked meanwhile;
 * at once where nothing was asked for a while.
 * @param beats whole number, or what tells it each time
 */
export function onBeat(beats: number | (() => number), action: () => void): OnBeat {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let last = -Infinity;
  const run = (): void => {
    timer = null;
    last = performance.now();
    action();
  };
  const ask = (): void => {
    if (timer !== null) return;
    const every = BEAT * (typeof beats === 'number' ? beats : beats());
    const now = performance.now();
    if (now - last >= 2 * every) run();
    else timer = setTimeout(run, untilWhole(every));
  };
  return Object.assign(ask, {
    cancel() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  });
}
