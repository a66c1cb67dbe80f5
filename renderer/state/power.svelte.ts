import type { PowerState } from '../../shared/desktop-calls.ts';
import type { Api } from '../api.ts';
import { batteryLowNotice, slownessWords } from '../text/power-words.ts';
import type { Notices } from './notices.svelte.ts';

/** A share of its charge from which on a battery is low. */
const LOW = 0.15;

/** The browser's, which the standard types do not have any more. */
interface Battery extends EventTarget {
  /** 0 to 1. */
  readonly level: number;
  readonly charging: boolean;
}
type NavigatorWithBattery = Navigator & { getBattery?: () => Promise<Battery> };

/** How the computer is powered, as far as a run that trains has to do with it. */
export class Power {
  readonly #api: Api;
  readonly #notices: Notices;
  #state = $state.raw<PowerState | null>(null);
  /** Examples a second, the most of this run and the newest. */
  #most = $state(0);
  #now = $state(0);
  #isLow = false;
  readonly #slowness = $derived(
    this.#state === null ? null : slownessWords(this.#state, this.#now, this.#most),
  );

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
    api.on('power', (state) => {
      this.#state = state;
    });
    api.on('pace', ({ examplesPerSecond }) => {
      this.#now = examplesPerSecond;
      this.#most = Math.max(this.#most, examplesPerSecond);
    });
    // Another run, or the folder was opened.
    api.on('history', () => {
      this.#most = this.#now = 0;
    });
  }

  /** Asks how it is, and hears of it from then on. */
  async load(): Promise<void> {
    this.#state = await this.#api.call('power');
    const battery = await (navigator as NavigatorWithBattery).getBattery?.().catch(() => null);
    if (!battery) return;
    const look = (): void => this.#takeLevel(battery);
    battery.addEventListener('levelchange', look);
    battery.addEventListener('chargingchange', look);
    look();
  }

  /** Why training is slower than it was, where the power explains it; null: it is not, or something else is the cause. */
  get slowness(): { short: string; sentence: string } | null {
    return this.#slowness;
  }

  #takeLevel({ level, charging }: Battery): void {
    const isLow = !charging && level <= LOW;
    if (isLow === this.#isLow) return;
    this.#isLow = isLow;
    void this.#api.call('batteryIsLow', isLow);
    if (isLow) this.#notices.add(batteryLowNotice(level));
  }
}
