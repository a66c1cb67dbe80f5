import gt from 'semver/functions/gt.js';
import valid from 'semver/functions/valid.js';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { UpdateChoice, UpdateState } from '../../shared/update-check.ts';
import type { Preferences } from '../preferences-file.ts';
import { newestRelease, type Fetch } from './newest-release.ts';
import type { Releases } from './releases.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Parts {
  preferences: Preferences;
  /** Of the app that runs. */
  running: string;
  releases: Releases | null;
  fetch: Fetch;
  /** Called whenever something has changed. */
  tell: (state: UpdateState) => void;
  log: (failure: Failure) => void;
  now?: () => number;
}

/** Looks once a day for a newer version, if the person has switched that on; nothing is fetched otherwise. */
export class UpdateCheck {
  readonly #parts: Parts;
  readonly #now: () => number;
  #isAsking = false;
  #failure: Failure | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#now = parts.now ?? Date.now;
  }

  get state(): UpdateState {
    const { running, releases } = this.#parts;
    const { newest, ...choice } = this.#choice;
    return {
      ...choice,
      newest,
      running,
      address: releases?.asked ?? null,
      // It may come from a file that somebody has changed.
      newer: valid(newest) !== null && gt(newest ?? '', running) ? newest : null,
      isAsking: this.#isAsking,
      failure: this.#failure,
    };
  }

  /** Where a person sees the newest version; null: it is not known. */
  get page(): string | null {
    return this.#parts.releases?.page ?? null;
  }

  /** Looks now, if it is on and a day has passed, and each day from now on. */
  begin(): void {
    if (!this.#choice.isOn) return;
    // A computer that sleeps at night would miss a timer of a day.
    this.#timer ??= setInterval(() => void this.#askIfDue(), HOUR);
    void this.#askIfDue();
  }

  switch(isOn: boolean): UpdateState {
    this.#change({ isOn });
    if (isOn) this.begin();
    else this.end();
    return this.state;
  }

  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  dismiss(): void {
    this.#change({ dismissed: this.#choice.newest });
  }

  async #askIfDue(): Promise<void> {
    const { releases, fetch, log } = this.#parts;
    const { askedAt } = this.#choice;
    const passed = askedAt === null ? DAY : Math.abs(this.#now() - askedAt);
    if (!releases || this.#isAsking || passed < DAY) return;
    this.#isAsking = true;
    this.#failure = null;
    // Before the answer: a host that does not answer is not asked more often.
    this.#change({ askedAt: this.#now() });
    try {
      const newest = await newestRelease(releases.asked, fetch);
      this.#isAsking = false;
      this.#change({ newest });
    } catch (error) {
      this.#isAsking = false;
      this.#failure = toFailure(error, releases.asked);
      log(this.#failure);
      this.#change({});
    }
  }

  get #choice(): UpdateChoice {
    return this.#parts.preferences.get('updates');
  }

  #change(change: Partial<UpdateChoice>): void {
    this.#parts.preferences.set('updates', { ...this.#choice, ...change });
    this.#parts.tell(this.state);
  }
}
