import type { Locator, Page } from 'playwright/test';

/** The card that tells how the layers are, and its larger view. */
export class LayerHealthCard {
  readonly #page: Page;
  /** A row a layer. */
  readonly rows: Locator;
  /** What is said of the layers, with what one would try. */
  readonly verdict: Locator;
  readonly dialog: Locator;
  /** Of the larger view: values by step. */
  readonly table: Locator;
  readonly measured: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.rows = page.getByRole('table', { name: 'Health of each layer' }).locator('tbody tr');
    this.verdict = page.getByTestId('layer-verdict');
    this.dialog = page.getByRole('dialog', { name: 'Layer health' });
    this.table = this.dialog.getByRole('table');
    this.measured = page.getByLabel('Training, measured as validation is').getByRole('checkbox');
  }

  async openCurves(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Curves' }).click();
  }

  async choose(view: string): Promise<void> {
    await this.dialog.getByText(view, { exact: true }).click();
  }

  /** A layer's histogram, whose name tells its range. */
  histogram(name: RegExp): Locator {
    return this.dialog.getByRole('application', { name });
  }

  /** The picture of a view, whose name tells its numbers. */
  figure(name: RegExp): Locator {
    return this.dialog.getByRole('figure', { name });
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close' }).click();
  }
}
