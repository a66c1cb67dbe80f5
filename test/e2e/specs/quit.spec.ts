import { expect, test } from '../fixtures/app.ts';
import { prepared } from '../fixtures/settings.ts';

for (const way of ['its window is closed', 'the session ends'] as const)
  test(`when ${way} while it trains, it saves first, and the next start goes on from there`, async ({
    home,
    start,
  }) => {
    home.writeSettings(prepared(home));
    const first = await start();
    await first.window.start.click();
    await first.window.reaches(15, 60_000);
    const seen = await first.window.step();
    if (way === 'its window is closed') await first.app.closeWindow();
    else await first.app.signalAll('SIGTERM');
    const saved = home.checkpoints().at(-1)!;
    expect(saved).toBeGreaterThanOrEqual(seen);

    const { window } = await start();
    await window.resume.click();
    await window.reaches(saved + 1, 60_000);
  });
