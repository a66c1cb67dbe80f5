import { type Locator, type Page, expect } from 'playwright/test';
import { DrawingCanvas } from './drawing-canvas.ts';

/** The app's one window, by what a person sees and does in it. */
export class AppWindow {
  readonly page: Page;
  readonly drawing: DrawingCanvas;
  readonly start: Locator;
  readonly pause: Locator;
  /** After a pause, or from a checkpoint. */
  readonly resume: Locator;
  readonly stop: Locator;
  readonly phase: Locator;
  /** Path of the checkpoint folder. */
  readonly folder: Locator;
  readonly failure: Locator;

  constructor(page: Page) {
    this.page = page;
    this.drawing = new DrawingCanvas(page);
    const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
    this.start = button(/^Start$/);
    this.pause = button(/^Pause$/);
    this.resume = button(/^Resume/);
    this.stop = button(/^Stop$/);
    this.phase = page.getByTestId('phase');
    this.folder = page.getByTestId('folder');
    this.failure = page.getByRole('alert');
  }

  /** By the rail. */
  async goTo(place: 'Train' | 'Set up' | 'Draw' | 'Mistakes' | 'Runs' | 'Learn'): Promise<void> {
    const rail = this.page.getByRole('navigation', { name: 'Places' });
    await rail.getByRole('button', { name: place, exact: true }).click();
    const heading = { level: 1, name: place, exact: true } as const;
    await expect(this.page.getByRole('heading', heading)).toHaveCount(1);
  }

  async chooseFolder(): Promise<void> {
    await this.page.getByRole('button', { name: 'Choose folder…' }).click();
  }

  /** Opens the dialog in which data are looked at and chosen. */
  async lookAtData(): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Look at data…' }).click();
    return this.page.getByRole('dialog', { name: 'Data to learn from' });
  }

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true });
  }

  /** The step that is shown; 0 while none is. */
  async step(): Promise<number> {
    const text = await this.page.getByTestId('step').innerText();
    return Number(/[\d,.\s]+/.exec(text)?.[0].replaceAll(/\D/g, '') ?? '0');
  }

  /** A curve's picture; its name tells the newest values. */
  curve(quantity: 'Loss' | 'Accuracy'): Locator {
    return this.page.getByRole('application', { name: new RegExp(`^${quantity} by `) });
  }

  /** The newest training loss that the curve's name tells. */
  async loss(): Promise<number> {
    const name = (await this.curve('Loss').getAttribute('aria-label')) ?? '';
    return Number(/training ([\d.e-]+)/.exec(name)?.[1] ?? NaN);
  }

  /** Waits until training has come to `least`. */
  async reaches(least: number, timeout: number): Promise<void> {
    await expect.poll(() => this.step(), { timeout }).toBeGreaterThanOrEqual(least);
  }
}
