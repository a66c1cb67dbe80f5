import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { configFile, tinyRun } from '../support/cli.ts';
import { smallDataset, temporaryFolder } from '../support/folders.ts';
import { changing, contents, expectTold, looking, runProgram } from './support/programs.ts';

/** What a person's system refuses, through every command: told as that, with nothing lost and nothing to report. */

const NAME = 'model.ckpt-2';
const commands = {
  ...looking(NAME),
  ...changing(NAME),
  reveal: ['checkpoints', 'reveal', NAME],
};

let run = '';
let dataset = '';
beforeAll(async () => {
  run = temporaryFolder();
  dataset = await smallDataset(450, 20);
  const config = configFile(tinyRun(dataset));
  const { code, error } = runProgram([
    ...['train', '--checkpoint-dir', run, '--config', config],
    ...['--max-steps', '4', '--save-every-steps', '2'],
  ]);
  expect(code, error).toBe(0);
});

function copyOfRun(): string {
  const folder = join(temporaryFolder(), 'run');
  cpSync(run, folder, { recursive: true });
  return folder;
}

const on = (folder: string, args: readonly string[]): string[] => [
  ...args,
  '--checkpoint-dir',
  folder,
];

describe('a checkpoint folder that', () => {
  it.each(Object.entries(commands))(
    'is a file, has too long a name or is a link to itself: %s',
    (_, args) => {
      const folder = temporaryFolder();
      writeFileSync(join(folder, 'file'), 'a file of somebody');
      symlinkSync('loop', join(folder, 'loop'));
      for (const [name, code] of [
        ['file', /ENOTDIR/],
        ['x'.repeat(300), /ENAMETOOLONG/],
        ['loop', /ELOOP/],
      ] as const) {
        const ended = runProgram(on(join(folder, name), args));
        expectTold(ended, code);
        expect(ended.code).toBeGreaterThan(0);
      }
    },
  );
});

/** Mounting needs a namespace of one's own, which root has, and on some systems everybody. */
const canMount = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
if (!canMount) console.log('Skipped: disks that are mounted for the test need root on Linux.');
/** A shell script's words before node's, in a mount namespace; `$0` is the folder, and "$@" the program. */
const mounted = (script: string, folder: string): string[] => [
  ...['unshare', '-m', 'sh', '-c', `${script}; "$@"`, folder],
];
const READ_ONLY = 'mount --bind "$0" "$0"; mount -o remount,ro,bind "$0"';

describe.runIf(canMount)('a read-only folder', () => {
  it.each(Object.entries(changing(NAME)))('is not changed by %s, which says so', (_, args) => {
    const folder = copyOfRun();
    const before = contents(folder);
    const ended = runProgram(on(folder, args), mounted(READ_ONLY, folder));
    expectTold(
      ended,
      /The checkpoint folder cannot be written to: the disk there can be read only \(EROFS/,
    );
    expect(ended.error).toContain(`at: ${folder}`);
    expect(ended.code).toBe(1);
    expect(contents(folder)).toEqual(before);
  });

  it.each(Object.entries(looking(NAME)))('can be looked at: %s', (_, args) => {
    const folder = copyOfRun();
    const { code, error } = runProgram(on(folder, args), mounted(READ_ONLY, folder));
    expect(code, error).toBe(0);
  });

  it('takes no export and no new run; what is asked as JSON answers as JSON', () => {
    const place = temporaryFolder();
    const exporting = ['checkpoints', 'export', NAME, '--to', join(place, 'new')];
    const ended = runProgram(on(run, exporting), mounted(READ_ONLY, place));
    expectTold(ended, /exported to: the disk there can be read only \(EROFS/);
    expect(ended.code).toBe(1);
    const fresh = ['train', '--dataset', dataset, '--validation-size', '50'];
    const begun = runProgram(on(join(place, 'new'), fresh), mounted(READ_ONLY, place));
    expectTold(begun, /EROFS/);
    expect(begun.code).toBe(1);
    const asked = runProgram([...on(run, commands.pin), '--json'], mounted(READ_ONLY, run));
    expect(JSON.parse(asked.out)).toMatchObject({ type: 'refused', failure: { where: run } });
    expect(contents(place)).toEqual([]);
  });

  it('is enough for --config, --dataset, --weights-from and --print-config', () => {
    const place = temporaryFolder();
    cpSync(dataset, join(place, 'data'), { recursive: true });
    cpSync(run, join(place, 'from'), { recursive: true });
    cpSync(configFile(tinyRun(dataset)), join(place, 'run.json'));
    const given = ['--config', join(place, 'run.json'), '--dataset', join(place, 'data')];
    const printed = runProgram(['train', ...given, '--print-config'], mounted(READ_ONLY, place));
    expect(JSON.parse(printed.out)).toMatchObject({ data: { dataset: join(place, 'data') } });
    const args = [
      'train',
      ...given,
      '--weights-from',
      join(place, 'from', NAME),
      '--max-steps',
      '1',
    ];
    const { code, error } = runProgram(on(temporaryFolder(), args), mounted(READ_ONLY, place));
    expect(code, error).toBe(0);
  });
});

describe.runIf(canMount)('a full disk', () => {
  /** All that there is room for is there; the rest of the last block is filled too. */
  const FULL =
    'mount -t tmpfs -o size=2m tmpfs "$0"; cp -a "$0-run/." "$0"; dd if=/dev/zero of="$0/filler" bs=4k 2>/dev/null';

  it.each([
    ['pin', commands.pin, false],
    ['train', commands.train, false],
    ['export', ['checkpoints', 'export', NAME, '--to'], true],
  ])('is told by %s, and leaves nothing half written', (_, args, isExport) => {
    const disk = join(temporaryFolder(), 'disk');
    mkdirSync(disk);
    cpSync(run, `${disk}-run`, { recursive: true });
    const after = `${disk}-after`;
    const script = `${FULL}; "$@"; code=$?; rm "$0/filler"; cp -a "$0" '${after}'; exit $code`;
    const asked = isExport ? on(run, [...args, join(disk, 'to')]) : on(disk, args);
    const ended = runProgram(asked, ['unshare', '-m', 'sh', '-c', script, disk]);
    expectTold(ended, /no room is left on the disk \(ENOSPC/);
    expect(ended.code).toBe(1);
    expect(contents(after).filter((each) => /unfinished|^to\//.test(each))).toEqual([]);
    const { out } = runProgram(on(after, commands.verify));
    expect(out).toBe('model.ckpt-4: good\nmodel.ckpt-2: good\n');
  });
});

/** Root may read everything: another account is needed. */
const nobody = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];
const canBeNobody =
  process.getuid?.() === 0 &&
  runProgram(['checkpoints', '--help'], nobody, { HOME: '/nonexistent' }).code === 0;
if (!canBeNobody) console.log('Skipped: what another account may not read needs root and setpriv.');

describe.runIf(canBeNobody)('another person’s', () => {
  it.each(Object.entries(commands))('folder: %s', (_, args) => {
    const folder = copyOfRun();
    chmodSync(folder, 0o700);
    chmodSync(join(folder, '..'), 0o755);
    const ended = runProgram(on(folder, args), nobody);
    expectTold(ended, /permission is denied \(EACCES/);
    expect(ended.code).toBeGreaterThan(0);
  });

  it.each(Object.entries(changing(NAME)))(
    'folder that may be read is not changed: %s',
    (_, args) => {
      const folder = copyOfRun();
      for (const path of [folder, join(folder, '..'), dataset]) chmodSync(path, 0o755);
      const before = contents(folder);
      const ended = runProgram(on(folder, args), nobody);
      expectTold(
        ended,
        /The checkpoint folder cannot be written to: permission is denied \(EACCES/,
      );
      expect(ended.code).toBe(1);
      expect(contents(folder)).toEqual(before);
    },
  );

  it('checkpoint is not called damaged', () => {
    const folder = copyOfRun();
    for (const path of [folder, join(folder, '..')]) chmodSync(path, 0o755);
    chmodSync(join(folder, `${NAME}.data-00000-of-00001`), 0o600);
    for (const args of [commands.verify, commands['verify of one'], commands.show]) {
      const ended = runProgram(on(folder, args), nobody);
      expectTold(ended, /cannot be read: permission is denied \(EACCES/);
      expect(`${ended.out}${ended.error}`).not.toMatch(/damaged/i);
      expect(ended.code).toBe(1);
    }
    chmodSync(join(folder, `${NAME}.json`), 0o600);
    const { out } = runProgram(on(folder, commands.list), nobody);
    expect(out).toMatch(/model\.ckpt-2 cannot be read and was passed over: permission is denied/);
    expect(out).not.toMatch(/damaged/i);
  });

  it('configuration, dataset and checkpoint to take weights from', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o700);
    cpSync(configFile(tinyRun(dataset)), join(folder, 'run.json'));
    const data = await smallDataset(60, 10);
    chmodSync(data, 0o755);
    chmodSync(join(data, 't10k-labels-idx1-ubyte'), 0o600);
    const weights = ['--dataset', 'mnist', '--weights-from', join(folder, 'model.ckpt-4')];
    for (const given of [
      ['--config', join(folder, 'run.json')],
      ['--config', join(folder, 'run.json'), '--print-config'],
      ['--dataset', folder],
      ['--dataset', data, '--validation-size', '10'],
      weights,
    ]) {
      const ended = runProgram(['train', '--checkpoint-dir', '/nonexistent/run', ...given], nobody);
      expectTold(ended, /permission is denied \(EACCES/);
      expect(ended.code, given.join(' ')).toBe(2);
    }
  });
});

it.runIf(process.platform === 'linux')('a dataset on a disk that does not read', async () => {
  const data = await smallDataset(60, 10);
  const images = join(data, 'train-images-idx3-ubyte');
  rmSync(images);
  // A file of the system whose beginning cannot be read.
  symlinkSync('/proc/self/mem', images);
  const ended = runProgram(on('/nonexistent/run', ['train', '--dataset', data]));
  expectTold(ended, /The file cannot be read: the disk does not read or write as it should \(EIO/);
});

describe.runIf(process.platform !== 'win32')('as many open files as a program may have', () => {
  it.each(Object.entries(commands))('%s', (_, args) => {
    // Node itself takes some twenty, which differ from one version to the next.
    for (let most = 16; most <= 40; most += 1) {
      const limited = ['bash', '-c', `ulimit -n ${most}; exec "$0" "$@"`];
      if (runProgram(['checkpoints', '--help'], limited).code !== 0) continue;
      const ended = runProgram(on(copyOfRun(), args), limited);
      if (ended.code === 0) break;
      if (!ended.error.includes('node:internal')) expectTold(ended, /\(EMFILE|Too many open files/);
    }
  });
});

it.runIf(process.platform === 'linux')('a full disk below standard output', () => {
  for (const args of Object.values(looking(NAME))) {
    const ended = runProgram(on(run, args), ['sh', '-c', 'exec "$0" "$@" > /dev/full']);
    expectTold(ended, /What it prints cannot be written: no room is left on the disk \(ENOSPC\)/);
    expect(ended.code).toBe(1);
  }
});

it('a reader of standard output that goes away', () => {
  for (const args of Object.values(looking(NAME))) {
    const script = '{ "$0" "$@"; echo "code $?" >&2; } | :';
    const ended = runProgram(on(run, args), ['sh', '-c', script]);
    expectTold(ended, /code (0|141)\n$/);
  }
});
