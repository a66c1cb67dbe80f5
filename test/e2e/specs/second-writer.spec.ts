import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { prepared } from '../fixtures/settings.ts';
import { expect, test } from '../fixtures/app.ts';
import { builtProgram } from '../../support/built-programs.ts';

const trainer = builtProgram('train');

test('a folder in which another process trains is opened to look at, with the reason, and not written to', async ({
  home,
  start,
}, info) => {
  home.writeSettings(prepared(home));
  const other = spawn(
    process.execPath,
    [trainer, '--checkpoint-dir', home.run, '--precision', 'float32', '--save-every-steps', '10'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  other.stdout.resume();
  try {
    await expect.poll(() => home.checkpoints().length, { timeout: 60_000 }).toBeGreaterThan(0);
    const reason = `Another Firstlayer (process ${other.pid ?? 0}) is training in this folder.`;
    const { window } = await start();
    await expect(window.page.getByText(reason).first()).toBeVisible({ timeout: 30_000 });
    await window.resume.click();
    await expect(window.failure).toContainText(reason);
    await window.page.screenshot({ path: info.outputPath('locked.png') });
    other.kill('SIGKILL');
    await once(other, 'exit');
    await window.resume.click();
    await expect(window.pause).toBeVisible({ timeout: 30_000 });
  } finally {
    other.kill('SIGKILL');
  }
});
