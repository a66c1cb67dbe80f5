import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

/** A new folder that is there until the benchmark ends: those who use it may be ended at any time. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'firstlayer-bench-'));
  folders.push(folder);
  return folder;
}

export function removeTemporary(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
