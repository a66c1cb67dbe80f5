import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readBounded } from '../../../../main/trainer/files/bounded-file.ts';
import { newestCheckpoint } from '../../../../main/trainer/checkpoint/reading.ts';
import { summarizeFile } from '../../../../main/trainer/checkpoint/file-summary.ts';
import { readIdx } from '../../../../main/trainer/data/idx/idx.ts';

const folder = mkdtempSync(join(tmpdir(), 'firstlayer-bounded-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A pipe that nobody writes to. */
function pipe(name: string): string {
  const path = join(folder, name);
  execFileSync('mkfifo', [path]);
  return path;
}

/** A file that says that it is long, and takes no room. */
function long(name: string, bytes: number): string {
  const path = join(folder, name);
  writeFileSync(path, '');
  truncateSync(path, bytes);
  return path;
}

it('a file is read whole, up to the bound and no further', async () => {
  const path = join(folder, 'short');
  writeFileSync(path, 'twelve bytes');
  expect(String(await readBounded(path, 12))).toBe('twelve bytes');
  await expect(readBounded(path, 11)).rejects.toThrow('it has 12 bytes; the most that are read');
});

describe.runIf(process.platform === 'linux')(
  'what is no regular file neither hangs nor fills',
  () => {
    it.each([
      ['a pipe', pipe('pipe')],
      ['a device', '/dev/zero'],
      ['a folder', folder],
    ])('%s', async (_, path) => {
      await expect(readBounded(path, 100)).rejects.toThrow('no regular file');
      await expect(readIdx(path)).rejects.toThrow('no regular file');
      await expect(summarizeFile(path)).rejects.toThrow('no regular file');
    });

    it('nor does a checkpoint’s record, or a file of terabytes', async () => {
      pipe('model.ckpt-1.json');
      long('model.ckpt-2.json', 2 ** 40);
      const { checkpoint, damaged } = await newestCheckpoint(folder);
      expect(checkpoint).toBeNull();
      expect(damaged.map(({ what }) => what).sort()).toEqual([
        expect.stringMatching(/ckpt-1 .*no regular file/),
        expect.stringMatching(/ckpt-2 .*1099511627776 bytes/),
      ]);
      await expect(readIdx(long('images', 2 ** 40))).rejects.toThrow('begins with 0');
    });
  },
);
