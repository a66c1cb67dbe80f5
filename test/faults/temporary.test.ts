import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { configFile, tinyRun } from '../support/cli.ts';
import { checkpointHash, smallDataset, temporaryFolder } from '../support/folders.ts';
import { expectTold, runProgram, type Ended } from './support/programs.ts';

/** A temporary folder that is missing, read-only or full: another place is taken; where there is none, all of them are named. */

let config = '';
/** A run that weights are taken from. */
let from = '';
beforeAll(async () => {
  config = configFile(tinyRun(await smallDataset(450, 20)));
  from = join(temporaryFolder(), 'model.ckpt-2');
  const { code, error } = train(join(from, '..'), ['--seed', '2']);
  expect(code, error).toBe(0);
});

const train = (
  folder: string,
  args: readonly string[],
  wrap: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Ended => {
  const limit = args.includes('--max-steps') ? [] : ['--max-steps', '2'];
  const given = ['--config', config, '--checkpoint-dir', folder, ...limit];
  return runProgram(['train', ...given, ...args], wrap, env);
};

const canMount = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
if (!canMount) console.log('Skipped: disks that are mounted for the test need root on Linux.');
const mounted = (script: string, ...words: string[]): string[] => [
  ...['unshare', '-m', 'sh', '-c', `${script}; "$@"`, ...words],
];

/** What a temporary folder may be like: words before the program's, given the folder. */
const states: [string, (folder: string) => string[]][] = [
  ['missing', (folder) => ['env', `TMPDIR=${folder}/none`]],
  ['a file', () => ['env', `TMPDIR=${config}`]],
  ...(canMount
    ? ([
        [
          'read-only',
          (folder) => [
            ...mounted('mount -t tmpfs -o ro tmpfs "$0"', folder),
            'env',
            `TMPDIR=${folder}`,
          ],
        ],
        [
          'full',
          (folder) => [
            ...mounted('mount -t tmpfs -o size=4k tmpfs "$0"', folder),
            'env',
            `TMPDIR=${folder}`,
          ],
        ],
      ] satisfies [string, (folder: string) => string[]][])
    : []),
];

describe.each(states)('a temporary folder that is %s', (_, wrapIn) => {
  it('is not needed: a run, weights of another, a folder whose name is a pattern, a look inside', () => {
    const usual = temporaryFolder();
    train(usual, ['--weights-from', from]);
    train(usual, ['--max-steps', '4']);
    const folder = join(temporaryFolder(), 'star*[a-z]');
    const wrap = wrapIn(temporaryFolder());
    const first = train(folder, ['--weights-from', from], wrap);
    expect(first.code, first.error).toBe(0);
    const second = train(folder, ['--max-steps', '4'], wrap);
    expect(second.code, second.error).toBe(0);
    for (const step of [2, 4])
      expect(checkpointHash(folder, step)).toBe(checkpointHash(usual, step));
    const seen = runProgram(['inspect', '--checkpoint-dir', folder], wrap);
    expect(seen.code, seen.error).toBe(0);
  });
});

it('a temporary folder whose name is a pattern to TensorFlow', () => {
  const place = join(temporaryFolder(), 'star*[a-z]');
  mkdirSync(place);
  const folder = join(place, 'run');
  const { code, error } = train(folder, ['--weights-from', from], [], { TMPDIR: place });
  expect(code, error).toBe(0);
  expect(train(folder, ['--max-steps', '3'], [], { TMPDIR: place }).code).toBe(0);
  expect(readdirSync(place)).toEqual(['run']);
});

describe.runIf(canMount)('where no place takes a file', () => {
  /** The checkpoint folder, $0, is apart from what is made read-only for this program alone. */
  const NOWHERE =
    'mount --bind "$0" /mnt; for place in /tmp /dev/shm; do mount --bind $place $place; mount -o remount,ro,bind $place; done';

  it('every one is named, with what to do; nothing is lost', () => {
    const folder = temporaryFolder();
    train(folder, []);
    const wrap = mounted(NOWHERE, folder);
    const env = { TMPDIR: '/nonexistent', HOME: '/dev/null/home', XDG_CACHE_HOME: '' };
    const trained = train('/mnt', ['--max-steps', '3'], wrap, env);
    const seen = runProgram(['inspect', '--checkpoint-dir', '/mnt'], wrap, env);
    for (const ended of [trained, seen]) {
      expectTold(
        ended,
        /No place takes a temporary file: \/nonexistent: there is no such file or folder \(ENOENT\); \/tmp: [^;]*\(EROFS\); \/dev\/shm: [^;]*\(EROFS\); \/dev\/null\/home\/\.cache\/firstlayer\/temporary: .*\(ENOTDIR\)\./,
      );
      expect(ended.error).toContain('Set TMPDIR to a folder that is there');
      expect(ended.code).toBe(1);
    }
    expect(train(folder, ['--max-steps', '3']).out).toContain('Restored model parameters');
  });
});
