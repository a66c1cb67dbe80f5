import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lockFolder, lockHolder } from '../../../../main/trainer/checkpoint/lock.ts';
import {
  NoTemporaryFolderError,
  withTemporaryFolder,
  withTemporaryFolderNow,
} from '../../../../main/trainer/files/temporary-folder.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firstlayer-places-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** As the system says it of a disk. */
const diskIsFull = (): Error =>
  Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
const full = (): never => {
  throw diskIsFull();
};

describe('a temporary folder', () => {
  it('is lent in the system’s, and gone afterwards, also after a failure', async () => {
    vi.stubEnv('TMPDIR', folder);
    const write = (place: string): void => {
      writeFileSync(join(place, 'file'), 'text');
    };
    const seen = withTemporaryFolderNow('link', write, (place) => readdirSync(place));
    expect(seen).toEqual(['file']);
    const failing = withTemporaryFolder(
      'graph',
      (place) => {
        write(place);
        return Promise.resolve();
      },
      () => Promise.reject(new Error('of use')),
    );
    await expect(failing).rejects.toThrow('of use');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is sought elsewhere when there is no room for what is to lie in it', async () => {
    vi.stubEnv('TMPDIR', folder);
    const place = await withTemporaryFolder(
      'weights',
      (path) => (path.startsWith(folder) ? Promise.reject(diskIsFull()) : Promise.resolve()),
      (path) => path,
    );
    expect(place.startsWith(folder)).toBe(false);
    expect(existsSync(place)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('has the person’s cache for its last place, which is made', () => {
    vi.stubEnv('TMPDIR', join(folder, 'none'));
    vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
    const seen: string[] = [];
    const take = (): void => {
      withTemporaryFolderNow('link', (path) => (seen.push(path), full()), String);
    };
    expect(take).toThrow(NoTemporaryFolderError);
    expect(seen.at(-1)).toContain(join(folder, 'cache', 'firstlayer', 'temporary', 'firstlayer-'));
    expect(readdirSync(join(folder, 'cache', 'firstlayer', 'temporary'))).toEqual([]);
  });

  it('is not made where the cache’s folder is a link to nowhere', () => {
    vi.stubEnv('TMPDIR', join(folder, 'none'));
    symlinkSync(join(folder, 'none'), join(folder, 'cache'));
    vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
    expect(() => withTemporaryFolderNow('link', full, String)).toThrow(/cache.*\(ENOENT\)/);
  });

  it('tells a mistake of ours as it is', () => {
    const wrong = (): never => {
      throw new TypeError('no system’s');
    };
    expect(() => withTemporaryFolderNow('link', wrong, String)).toThrow(TypeError);
  });

  it('clears what killed processes left a day ago, and nothing else', () => {
    vi.stubEnv('TMPDIR', folder);
    const names = [
      'firstlayer-graph-AbC123',
      'firstlayer-weights-abcdef',
      'firstlayer-link-000000',
    ];
    const foreign = ['firstlayer-graph-mine', 'firstlayer-graph-AbC1234', 'other-graph-AbC123'];
    const long = new Date(Date.now() - 25 * 60 * 60 * 1000);
    for (const name of [...names, ...foreign, 'firstlayer-graph-AbC124']) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'file'), '');
      if (name !== 'firstlayer-graph-AbC124') utimesSync(join(folder, name), long, long);
    }
    withTemporaryFolderNow('link', () => undefined, String);
    expect(readdirSync(folder).sort()).toEqual([...foreign, 'firstlayer-graph-AbC124'].sort());
  });
});

describe.runIf(process.platform === 'linux')(
  'the lock where sockets have files, as on macOS',
  () => {
    const identity = () => {
      const { dev, ino } = statSync(folder, { bigint: true });
      return { dev, ino };
    };
    const { platform } = process;
    beforeEach(() => {
      Object.defineProperty(process, 'platform', { value: 'darwin' });
      vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
    });
    afterEach(() => {
      Object.defineProperty(process, 'platform', { value: platform });
    });

    it('needs no temporary folder, and holds for a program that has another one', async () => {
      vi.stubEnv('TMPDIR', join(folder, 'none'));
      const lock = await lockFolder(folder, identity());
      vi.stubEnv('TMPDIR', '/tmp');
      expect(await lockHolder(identity())).toBe(String(process.pid));
      await expect(lockFolder(folder, identity())).rejects.toThrow(`process ${process.pid}`);
      await lock.release();
      await (await lockFolder(folder, identity())).release();
    });

    it('takes over the name that a killed process left', async () => {
      const { dev, ino } = identity();
      const path = join(folder, 'cache', 'firstlayer', `firstlayer-${dev}-${ino}.sock`);
      mkdirSync(join(folder, 'cache', 'firstlayer'), { recursive: true });
      spawnSync(process.execPath, [
        '-e',
        `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`,
      ]);
      expect(existsSync(path)).toBe(true);
      await (await lockFolder(folder, identity())).release();
    });

    it('goes elsewhere where the cache takes no name', async () => {
      writeFileSync(join(folder, 'cache'), 'a file');
      vi.stubEnv('TMPDIR', folder);
      const lock = await lockFolder(folder, identity());
      expect(readdirSync(folder).some((name) => name.endsWith('.sock'))).toBe(true);
      await lock.release();
    });
  },
);
