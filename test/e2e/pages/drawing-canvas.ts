import type { Locator, Page } from 'playwright/test';

/** A point on the canvas: shares of its width and height. */
type Point = readonly [number, number];

/** The canvas a digit is drawn on, and what is made of it. */
export class DrawingCanvas {
  readonly #page: Page;
  readonly canvas: Locator;
  readonly clear: Locator;
  readonly undo: Locator;
  readonly redo: Locator;
  /** What is said of the drawing. */
  readonly verdict: Locator;
  /** The same, for those who hear it; empty until it has settled. */
  readonly spoken: Locator;
  /** The drawing as an image of the network's. */
  readonly preview: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.canvas = page.getByRole('application', { name: 'Drawing canvas' });
    this.clear = page.getByRole('button', { name: 'Clear' });
    this.undo = page.getByRole('button', { name: 'Undo' });
    this.redo = page.getByRole('button', { name: 'Redo' });
    this.verdict = page.getByTestId('prediction');
    this.spoken = page.getByTestId('prediction-spoken');
    this.preview = page.getByRole('img', { name: /as the network sees it/ });
  }

  /** The class that is predicted, by its place among the classes: a digit's is its own; empty while none is. */
  prediction(): Promise<string> {
    return this.verdict.getAttribute('data-class').then((label) => label ?? '');
  }

  /** Draws a one: a stroke down, leaning a little. */
  async drawOne(): Promise<void> {
    await this.#stroke([
      [0.55, 0.15],
      [0.52, 0.4],
      [0.49, 0.6],
      [0.46, 0.85],
    ]);
  }

  /**
   * Draws a zero: one round.
   * @param size share of the usual size
   * @param x middle of it, as a share of the canvas's width
   */
  async drawZero(size = 1, x = 0.5): Promise<void> {
    const round = Array.from({ length: 25 }, (_, index): Point => {
      const angle = (index / 24) * 2 * Math.PI;
      return [x - 0.2 * size * Math.sin(angle), 0.5 - 0.32 * size * Math.cos(angle)];
    });
    await this.#stroke(round);
  }

  /** Touches the canvas with the pen, in one place. */
  async tap(at: Point = [0.5, 0.5]): Promise<void> {
    await this.#stroke([at]);
  }

  async #stroke(points: readonly Point[]): Promise<void> {
    await this.canvas.scrollIntoViewIfNeeded();
    const box = await this.canvas.boundingBox();
    if (!box) throw new Error('the canvas is not to be seen');
    const { mouse } = this.#page;
    for (const [index, [x, y]] of points.entries()) {
      await mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 3 });
      if (index === 0) await mouse.down();
    }
    await mouse.up();
  }
}
