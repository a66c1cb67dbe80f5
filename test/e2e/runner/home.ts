import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A home folder of a test's own: settings, default folder and checkpoints are in it, and nothing of the person's is. */
export class Home {
  readonly path = mkdtempSync(join(tmpdir(), 'firstlayer-e2e-'));
  readonly profile = join(this.path, 'profile');
  /** An empty checkpoint folder. */
  readonly run = join(this.path, 'my run');

  constructor() {
    mkdirSync(this.profile);
    mkdirSync(this.run);
  }

  /** Settings as an earlier start of the app would have left them. */
  writeSettings(settings: Record<string, unknown>): void {
    this.writeSettingsText(JSON.stringify(settings));
  }

  writeSettingsText(text: string): void {
    writeFileSync(join(this.profile, 'settings.json'), text);
  }

  /** Steps of the checkpoints in the checkpoint folder, ascending. */
  checkpoints(): number[] {
    return readdirSync(this.run)
      .flatMap((name) => /^model\.ckpt-(\d+)\.index$/.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
  }

  /** Not rmSync: at a retry it does not empty a folder again into which something wrote meanwhile. */
  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
