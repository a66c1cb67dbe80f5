import { frameAt } from '../chart/film.ts';
import type { FilterFilm } from './filter-film.svelte.ts';

/** How long a film plays, in milliseconds, and how often its picture changes. */
const MOVING = { takes: 6_000, every: 100 };
/** For who wants no motion: a picture after the other. */
const STEPWISE = { takes: 12_000, every: 1_000 };

/** Plays the filters through training, evenly by steps. It begins by hand alone, and ends at the newest, which is followed then. */
export class FilmPlayer {
  readonly #film: FilterFilm;
  #timer = $state.raw<ReturnType<typeof setInterval> | null>(null);

  constructor(film: FilterFilm) {
    this.#film = film;
  }

  get isPlaying(): boolean {
    return this.#timer !== null;
  }

  /**
   * From the frame that is shown; from the first where the newest is.
   * @param isStill no motion is wanted
   */
  play(isStill: boolean): void {
    this.pause();
    const film = this.#film;
    const { takes, every } = isStill ? STEPWISE : MOVING;
    if (film.isFollowing) film.showFrame(0);
    let at = film.step;
    this.#timer = setInterval(() => {
      const last = film.frames.at(-1)?.step ?? 0;
      at += ((last - film.firstStep) * every) / takes;
      if (at >= last) this.pause();
      film.showFrame(at >= last ? film.frames.length : frameAt(film.frames, at));
    }, every);
  }

  pause(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}
