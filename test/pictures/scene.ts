import type { Locator, Page } from 'playwright/test';
import { test as base } from '../e2e/fixtures/app.ts';
import { AppWindow } from '../e2e/pages/app-window.ts';
import { TranslatedNames } from './translated-names.ts';

/** A scene, in the language that `npm run pictures` was told: its elements have English names in all of them. */
export const test = base.extend({
  start: async ({ start, language }, use) => {
    await use(async () => {
      const { app } = await start();
      if (language !== 'en') findTranslated(app.page, new TranslatedNames(language));
      // What it finds, it is told when it is made.
      return { app, window: new AppWindow(app.page) };
    });
  },
});
export { expect } from 'playwright/test';

type Finder = Pick<Page & Locator, 'getByRole' | 'getByLabel' | 'getByText' | 'locator'>;
type Filter = Pick<Locator, 'filter'>;

let isDone = false;

/** From now on pages and their parts find what has an English name by its name in the app's language. */
function findTranslated(page: Page, names: TranslatedNames): void {
  if (isDone) return;
  isDone = true;
  const body = page.locator('body');
  for (const each of [page, body]) {
    const finder = Object.getPrototypeOf(each) as Finder;
    const { getByRole, getByLabel, getByText, locator } = finder;
    finder.getByRole = function (role, options = {}) {
      const { name, exact } = options;
      return getByRole.call(this, role, {
        ...options,
        ...(name !== undefined && { name: names.of(name, exact) }),
      });
    };
    finder.getByLabel = function (text, options) {
      return getByLabel.call(this, names.of(text, options?.exact), options);
    };
    finder.getByText = function (text, options) {
      return getByText.call(this, names.of(text, options?.exact), options);
    };
    finder.locator = function (selector, options) {
      return locator.call(this, selector, hasTranslated(options, names));
    };
  }
  const filter = Object.getPrototypeOf(body) as Filter;
  const { filter: filtered } = filter;
  filter.filter = function (options) {
    return filtered.call(this, hasTranslated(options, names));
  };
}

const hasTranslated = <T extends { hasText?: string | RegExp }>(
  options: T | undefined,
  names: TranslatedNames,
): T | undefined =>
  options?.hasText === undefined ? options : { ...options, hasText: names.of(options.hasText) };
