import { expect, type Locator, type Page } from 'playwright/test';

/** The first layer's filters, and the film of them. */
export class FiltersCard {
  readonly #page: Page;
  readonly card: Locator;
  readonly filters: Locator;
  readonly slider: Locator;
  readonly play: Locator;
  readonly newest: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.card = page.getByRole('region', { name: 'First-layer filters' });
    this.filters = this.card.getByRole('listbox', { name: 'First-layer filters' });
    this.slider = this.card.getByRole('slider', { name: 'Filters at step' });
    this.play = this.card.getByRole('button', { name: 'Play the filters through training' });
    this.newest = this.card.getByRole('button', { name: 'Newest' });
  }

  /** What the slider says of the frame that is shown. */
  async shown(): Promise<string> {
    return (await this.slider.getAttribute('aria-valuetext')) ?? '';
  }

  /** Weights or change. */
  async choose(measure: 'Weights' | 'Change'): Promise<void> {
    await this.card.getByText(measure, { exact: true }).click();
  }

  /** What is told of each filter. */
  tellings(): Promise<string[]> {
    return this.filters
      .getByRole('option')
      .evaluateAll((options) => options.map((option) => option.getAttribute('aria-label') ?? ''));
  }

  /** Goes through the film by keys, and stays where it was begun: at the newest. */
  async steps(): Promise<string[]> {
    await this.slider.press('Home');
    const steps: string[] = [];
    while (!steps.at(-1)?.endsWith('the newest')) {
      steps.push(await this.shown());
      await this.slider.press('ArrowRight');
      expect(steps.length).toBeLessThan(100);
    }
    return steps;
  }

  async save(as: 'the film as an animated GIF' | 'the filters as PNG'): Promise<void> {
    await this.card.getByRole('button', { name: `Save ${as}` }).click();
    await expect(this.#page.getByText(/ saved as /)).toBeVisible();
  }
}
