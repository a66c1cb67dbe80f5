import { mkdirSync } from 'node:fs';
import { expect, test } from '../fixtures/app.ts';
import { prepared } from '../fixtures/settings.ts';
mkdirSync('/tmp/shots-lang', { recursive: true });
test.setTimeout(240_000);
const wide = Number(process.env.WIDE ?? 1280);
test('shots', async ({ home, start }) => {
  home.writeSettings({ ...prepared(home), language: 'de' });
  const { app, window } = await start();
  const { page } = window;
  await app.resizePage(wide, 800);
  const shot = async (name: string): Promise<void> => {
    await page.waitForTimeout(400);
    await page.screenshot({ path: `/tmp/shots-lang/${wide}-${name}.png` });
  };
  await page.getByRole('button', { name: /^Starten$/ }).waitFor({ timeout: 10000 }).catch(() => undefined);
  await shot('0-start');
  await page.keyboard.press('Space');
  await page.waitForTimeout(12000);
  await shot('1-train');
  for (let k = 1; k <= 6; k++) {
    await page.keyboard.press(`Control+${k}`).catch(() => undefined);
    await app.clickMenuItem(['go-to-train','go-to-set-up','go-to-draw','go-to-mistakes','go-to-runs','go-to-learn'][k - 1] as never);
    await page.waitForTimeout(1200);
    await shot(`p${k}-a`);
    const scrolled = await page.evaluate(() => {
      const main = [...document.querySelectorAll('*')].filter((e) => e.scrollHeight > e.clientHeight + 60 && /auto|scroll/.test(getComputedStyle(e).overflowY)).sort((a, b) => b.clientHeight * b.clientWidth - a.clientHeight * a.clientWidth)[0];
      if (!main) return 0;
      return Math.min(5, Math.floor((main.scrollHeight - 1) / main.clientHeight));
    });
    for (let s = 1; s <= scrolled; s++) {
      await page.evaluate(() => {
        const main = [...document.querySelectorAll('*')].filter((e) => e.scrollHeight > e.clientHeight + 60 && /auto|scroll/.test(getComputedStyle(e).overflowY)).sort((a, b) => b.clientHeight * b.clientWidth - a.clientHeight * a.clientWidth)[0];
        main?.scrollBy(0, main.clientHeight - 40);
      });
      await shot(`p${k}-${'bcdefg'[s - 1]}`);
    }
    // What is cut: text wider than its box, without a wish for an ellipsis by title.
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('button, label, h1, h2, h3, p, td, th, span, a, summary, dt, dd, li')]
        .filter((e) => e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible')
        .map((e) => `${e.tagName} ${e.className} ${e.scrollWidth}>${e.clientWidth}: ${(e.textContent ?? '').slice(0, 60)}`));
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    console.log(k, 'over', over, cut);
  }
  await app.clickMenuItem('show-commands');
  await shot('q-commands');
  console.log(app.errors);
  expect(app.errors).toEqual([]);
});
