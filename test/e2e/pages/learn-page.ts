import { type Locator, type Page } from 'playwright/test';

/** The place Learn, by what a person sees and does in it. */
export class LearnPage {
  readonly page: Page;
  /** What it is told on: which network, which digit. */
  readonly subject: Locator;
  readonly sections: Locator;
  /** The open section's words, and its steps. */
  readonly words: Locator;
  /** Where the kernel or the digit is. */
  readonly place: Locator;
  readonly sum: Locator;
  /** What TensorFlow itself answers there. */
  readonly engine: Locator;
  readonly formula: Locator;
  /** Stands in for what the network has not answered yet. */
  readonly waiting: Locator;

  constructor(page: Page) {
    this.page = page;
    const place = page.getByRole('main', { name: 'Learn' });
    this.subject = place.getByTestId('learn-subject');
    this.sections = place.getByRole('navigation', { name: 'Sections' });
    this.words = place.getByRole('article');
    this.place = place.getByTestId('learn-place');
    this.sum = place.getByTestId('learn-sum');
    this.engine = place.getByTestId('learn-engine');
    this.formula = place.getByTestId('learn-formula');
    this.waiting = place.getByTestId('learn-waiting');
  }

  /** Turns to the next section. */
  async goForward(): Promise<void> {
    await this.page.getByRole('button', { name: /^Next: / }).click();
  }

  /**
   * What the open section needs that does not fit on the screen.
   * @returns how many pixels, of the place's columns the one with most
   */
  overflow(): Promise<number> {
    const columns = this.page.getByRole('main', { name: 'Learn' }).locator('.place-column');
    return columns.evaluateAll((all) =>
      Math.max(...all.map((column) => column.scrollHeight - column.clientHeight)),
    );
  }

  /** The section that is open, in the list. */
  get open(): Locator {
    return this.sections.locator('[aria-current]');
  }

  /** The numbers of a table of pixels, weights or products, row by row. */
  async numbers(table: 'Pixels under the kernel' | 'Kernel' | 'Products'): Promise<number[]> {
    const cells = this.page.getByRole('table', { name: table, exact: true }).getByRole('cell');
    const texts = await cells.allInnerTexts();
    return texts.map((text) => Number(text.replace('−', '-')));
  }

  /** A number that is told with its sign. */
  async sumShown(): Promise<number> {
    return Number((await this.sum.innerText()).replace('−', '-'));
  }
}
