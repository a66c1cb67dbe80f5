import type { Locator, Page } from 'playwright/test';

type Quantity = 'Loss' | 'Accuracy' | 'Learning rate';
type Format = 'PNG' | 'SVG' | 'CSV';

/** The charts of the curves, and the tools that hold for all of them. */
export class CurveCharts {
  readonly page: Page;
  readonly follow: Locator;
  readonly logarithmic: Locator;
  readonly rate: Locator;
  readonly smoothing: Locator;
  readonly closer: Locator;
  readonly farther: Locator;
  readonly whole: Locator;
  /** What the keys have come to, in words. */
  readonly spoken: Locator;

  constructor(page: Page) {
    this.page = page;
    const tools = page.getByRole('group', { name: 'How the curves are drawn' });
    this.follow = tools.getByRole('checkbox', { name: 'Follow the newest' });
    this.logarithmic = tools.getByRole('checkbox', { name: 'Log' });
    this.rate = tools.getByRole('checkbox', { name: 'Rate' });
    this.smoothing = tools.getByLabel('Smooth');
    this.closer = tools.getByRole('button', { name: 'Closer' });
    this.farther = tools.getByRole('button', { name: 'Farther' });
    this.whole = tools.getByRole('button', { name: 'The whole run' });
    this.spoken = page.getByTestId('curve-spoken');
  }

  chart(quantity: Quantity): Locator {
    return this.page.getByRole('application', { name: new RegExp(`^${quantity} by `) });
  }

  axis(name: 'Steps' | 'Epochs' | 'Time'): Locator {
    return this.page.getByRole('radio', { name });
  }
  /** Its circle is not drawn: a person clicks the word. */
  async drawOver(name: 'Steps' | 'Epochs' | 'Time'): Promise<void> {
    await this.axis(name).check({ force: true });
  }

  /** The steps that a chart shows. */
  async shown(quantity: Quantity = 'Loss'): Promise<{ from: number; to: number }> {
    const chart = this.chart(quantity);
    const [from, to] = await Promise.all([
      chart.getAttribute('data-from'),
      chart.getAttribute('data-to'),
    ]);
    return { from: Number(from), to: Number(to) };
  }

  /** Draws a box between two shares of the plot's width; `height` px high. */
  async drawBox(quantity: Quantity, from: number, to: number, height: number): Promise<void> {
    const box = (await this.chart(quantity).boundingBox())!;
    const [left, width] = [box.x + 46, box.width - 54];
    const top = box.y + box.height / 3;
    await this.page.mouse.move(left + from * width, top);
    await this.page.mouse.down();
    await this.page.mouse.move(left + to * width, top + height, { steps: 3 });
    await this.page.mouse.up();
  }

  /** Turns the wheel over a chart, with or without Ctrl. */
  async turnWheel(quantity: Quantity, by: number, withControl: boolean): Promise<void> {
    await this.chart(quantity).hover();
    if (withControl) await this.page.keyboard.down('Control');
    await this.page.mouse.wheel(0, by);
    if (withControl) await this.page.keyboard.up('Control');
  }

  async openLimits(): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Limits…' }).click();
    return this.page.getByRole('dialog', { name: 'Limits of the axes' });
  }

  async export(quantity: Quantity, does: 'Copy' | 'Save', format: Format): Promise<void> {
    await this.page.getByRole('button', { name: `${quantity}: copy, save, listen` }).click();
    const name = new RegExp(`^${does} as ${format}`);
    await this.page.getByRole('menuitem', { name }).click();
  }
}
