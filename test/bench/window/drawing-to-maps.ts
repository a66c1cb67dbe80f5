import type { StartedApp } from './started-app.ts';

const STROKES = 25;

/**
 * Draws strokes on the pad of the place Draw, and waits each time until all layers' maps are painted anew.
 * @returns milliseconds from each stroke to the frame after its maps
 */
export async function drawingToMaps(app: StartedApp): Promise<number[]> {
  const { page } = app;
  await app.goTo('Draw');
  const box = await page.getByLabel('Drawing canvas').boundingBox();
  if (!box) throw new Error('The place Draw shows no pad.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 4);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await page.getByRole('application', { name: /^Convolution 1/ }).waitFor();
  const times = await page.evaluate(async (strokes) => {
    const rest = (ms: number): Promise<void> => new Promise((go) => setTimeout(go, ms));
    const drawn = document.querySelector('[aria-label="Drawing canvas"]');
    // The ranges beside the maps change with them.
    const rows = document.querySelector('[aria-labelledby="layers-heading"] ol');
    if (!drawn || !rows) throw new Error('The place Draw shows no maps.');
    const { left, top, width, height } = drawn.getBoundingClientRect();
    const taken: number[] = [];
    for (let stroke = 0; stroke < strokes; stroke += 1) {
      await rest(400);
      const begun = performance.now();
      const seen = new Promise<number>((go) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          requestAnimationFrame(() => go(performance.now() - begun));
        });
        observer.observe(rows, { subtree: true, characterData: true, childList: true });
      });
      // From the middle each time: what hangs together is one digit.
      const [across, down] = [Math.cos(stroke), Math.sin(stroke)].map((part) => 0.3 * part);
      for (const [type, share] of [
        ['pointerdown', 0],
        ['pointermove', 1],
        ['pointerup', 1],
      ] as const)
        drawn.dispatchEvent(
          new PointerEvent(type, {
            ...{ bubbles: true, pointerId: 1, isPrimary: true, button: 0, buttons: 1 },
            clientX: left + width * (0.5 + share * (across ?? 0)),
            clientY: top + height * (0.5 + share * (down ?? 0)),
          }),
        );
      taken.push(await seen);
    }
    return taken;
  }, STROKES);
  await app.goTo('Train');
  return times;
}
