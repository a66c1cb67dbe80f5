import type { Locator, Page } from 'playwright/test';

/** What the place Draw has beside the canvas: the steps to what is read, several symbols, and pictures. */
export class DrawPlace {
  readonly #page: Page;
  readonly steps: Locator;
  readonly penWidth: Locator;
  /** Each of several symbols on the pad. */
  readonly symbols: Locator;
  readonly sources: Locator;
  readonly another: Locator;
  /** What is said of the picture that is read in place of a drawing. */
  readonly told: Locator;

  constructor(page: Page) {
    this.#page = page;
    const place = page.getByRole('main', { name: 'Draw' });
    this.steps = place.getByRole('region', { name: 'From strokes to what is read' });
    this.penWidth = place.getByRole('slider', { name: 'Pen width' });
    this.symbols = place.getByTestId('symbols').getByRole('radio');
    this.sources = place.getByRole('group', { name: 'A picture in place of a drawing' });
    this.another = this.sources.getByRole('button', { name: /^Another/ });
    this.told = place.getByRole('status').filter({ hasText: 'Read in place of a drawing' });
  }

  step(name: 'Box' | 'Scale' | 'Centre'): Locator {
    return this.steps.getByRole('switch', { name });
  }
  /** The button that keeps what is on the pad as a class of a short name. */
  really(name: string, pressed: boolean): Locator {
    const group = this.#page.getByRole('group', { name: 'Really it is a' });
    return group.getByRole('button', { name, exact: true, pressed });
  }
  /** A step's picture, by what it tells. */
  picture(name: RegExp): Locator {
    return this.steps.getByRole('img', { name });
  }

  async chooseFile(name: string, buffer: Buffer): Promise<void> {
    const input = this.sources.locator('input[type=file]');
    await input.setInputFiles({ name, mimeType: 'image/png', buffer });
  }

  /** Pastes a file as the system's clipboard would give it. */
  async paste(name: string, buffer: Buffer): Promise<void> {
    await this.#page.evaluate(
      ([called, bytes]) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([new Uint8Array(bytes)], called, { type: 'image/png' }));
        document.body.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
        );
      },
      [name, [...buffer]] as const,
    );
  }

  /** Drops a file on the pad. */
  async drop(name: string, buffer: Buffer): Promise<void> {
    const transfer = await this.#page.evaluateHandle(
      ([called, bytes]) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], called));
        return data;
      },
      [name, [...buffer]] as const,
    );
    const pad = this.#page.getByRole('region', { name: 'Pad' });
    await pad.dispatchEvent('drop', { dataTransfer: transfer });
  }

  /** A PNG with one upright stroke, dark on light. */
  async pictureOfOne(): Promise<Buffer> {
    const bytes = await this.#page.evaluate(async () => {
      const canvas = new OffscreenCanvas(120, 120);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.fillStyle = 'white';
      context.fillRect(0, 0, 120, 120);
      context.fillStyle = 'black';
      context.fillRect(54, 18, 12, 84);
      return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
    });
    return Buffer.from(bytes);
  }
}
