import { atNextWhole, toldNow, type Told } from './throttle.ts';

/**
 * While a run trains, what is shown of it changes together: each frame that is painted costs training,
 * however little has changed in it, so four parts of the window that change in one frame cost what one does.
 */

/** Milliseconds: seen as live still. */
const BEAT = 400;

/**
 * Runs `action` at the next beat that is a whole multiple of `beats`, once for all that was asked meanwhile;
 * at once where nothing was asked for a while.
 * @param beats whole number; 0: it is never waited
 */
export const onBeat = (beats: Told, action: () => void): ReturnType<typeof atNextWhole> =>
  atNextWhole((since) => {
    const every = BEAT * toldNow(beats);
    return since >= 2 * every ? 0 : every;
  }, action);
