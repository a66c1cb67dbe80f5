import { expect, test } from '../fixtures/app.ts';
import { prepared } from '../fixtures/settings.ts';

for (const way of ['quit', 'SIGTERM'] as const) {
  test(`${way} while training saves first, and the next start goes on from there`, async ({
    home,
    start,
  }) => {
    home.writeSettings(prepared(home));
    const first = await start();
    await first.window.start.click();
    await first.window.reaches(15, 60_000);
    const seen = await first.window.step();
    if (way === 'quit') await first.app.quit();
    else await first.app.signal(way);
    const saved = home.checkpoints().at(-1)!;
    expect(saved).toBeGreaterThanOrEqual(seen);

    const { window } = await start();
    await window.resume.click();
    await window.reaches(saved + 1, 60_000);
  });
}
