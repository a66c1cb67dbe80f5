import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningApp } from '../e2e/runner/running-app.ts';

/** How the window looks, and how large its page is. */
interface Look {
  name: string;
  theme: 'light' | 'dark';
  width: number;
  height: number;
  forcedColors?: boolean;
}

const looks: readonly Look[] = [
  { name: 'light', theme: 'light', width: 1280, height: 800 },
  { name: 'dark', theme: 'dark', width: 1280, height: 800 },
  { name: 'small', theme: 'light', width: 1024, height: 700 },
  // What is left of 1280×800 at a zoom of 200 %.
  { name: 'zoomed', theme: 'light', width: 640, height: 400 },
  { name: 'large', theme: 'dark', width: 2560, height: 1440 },
  { name: '4k', theme: 'light', width: 3840, height: 2160 },
  { name: 'forced', theme: 'dark', width: 1280, height: 800, forcedColors: true },
];

/** Charts are drawn, and layers asked, a moment after what they show has changed. */
const SETTLED = 400;

/** Photographs a state of the app in every look. */
export class Photographer {
  readonly #app: RunningApp;
  readonly #out: string;

  constructor(app: RunningApp) {
    this.#app = app;
    this.#out = process.env.FIRSTLAYER_PICTURES ?? '';
    if (this.#out === '') throw new Error('npm run pictures -- OUT tells where pictures go.');
    mkdirSync(this.#out, { recursive: true });
  }

  /** @param state such as setup-impossible: OUT/setup-impossible.dark.png */
  async take(state: string): Promise<void> {
    const { page } = this.#app;
    for (const look of looks) {
      await this.#putOn(look);
      await page.waitForTimeout(SETTLED);
      await page.screenshot({ path: join(this.#out, `${state}.${look.name}.png`) });
    }
    await this.#putOn(looks[0]!);
  }

  async #putOn({ theme, width, height, forcedColors = false }: Look): Promise<void> {
    const { page, electron } = this.#app;
    await electron.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source;
    }, theme);
    await this.#app.resizePage(width, height);
    // After the theme, which would take half of it back.
    await page.emulateMedia({ forcedColors: forcedColors ? 'active' : 'none' });
  }
}
