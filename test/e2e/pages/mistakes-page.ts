import { expect, type Locator, type Page } from 'playwright/test';

/** The place Mistakes, by what a person sees and does there. */
export class MistakesPage {
  readonly page: Page;
  readonly sentence: Locator;
  /** Of the matrix, row by row. */
  readonly cells: Locator;
  readonly gallery: Locator;
  readonly images: Locator;
  /** What the image that is looked at was read as. */
  readonly lookedAt: Locator;
  readonly step: Locator;

  constructor(page: Page) {
    this.page = page;
    this.sentence = page.getByTestId('mistakes-sentence');
    this.cells = page.getByTestId('confusion').locator('tbody td');
    this.gallery = page.getByTestId('gallery');
    this.images = this.gallery.getByRole('option');
    this.lookedAt = page.getByTestId('looked-at');
    this.step = page.getByLabel('Step', { exact: true });
  }

  /** Until the network was asked about them, by a process that takes what processor time is left over. */
  async imagesThere(): Promise<void> {
    await expect(this.gallery).toBeVisible({ timeout: 60_000 });
  }
  /** Numbers of the matrix, row by row; those of the diagonal are what is right. */
  async counts(): Promise<number[]> {
    return (await this.cells.allInnerTexts()).map((text) => Number(text.replaceAll(',', '')));
  }
  async wrong(): Promise<number> {
    return (await this.counts()).reduce((sum, count, k) => (k % 11 === 0 ? sum : sum + count), 0);
  }
  /** How many images the gallery has, seen or not. */
  async shown(): Promise<number> {
    return parseInt(await this.page.getByTestId('gallery-count').innerText());
  }

  async showPart(part: 'Validation' | 'Test' | 'Training'): Promise<void> {
    await this.page.getByRole('group', { name: 'Part' }).getByText(part).click();
    await expect(this.sentence).toContainText(`${part.toLowerCase()} images`, { timeout: 60_000 });
    await this.imagesThere();
  }
  async choose(label: 'Show' | 'Sure' | 'Sort' | 'Is' | 'Read as', option: string): Promise<void> {
    await this.page
      .getByRole('combobox', { name: label, exact: true })
      .selectOption({ label: option });
  }
  async compareWith(step: string): Promise<void> {
    await this.page.getByLabel('Since step').selectOption({ label: step });
    await expect(this.change('fixed')).toBeVisible({ timeout: 60_000 });
  }
  change(change: 'fixed' | 'newly broken' | 'still wrong'): Locator {
    const parts = this.page.getByRole('group', { name: 'Show those' });
    return parts.getByRole('button', { name: change });
  }
}
