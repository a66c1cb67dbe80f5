import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../../shared/config.ts';
import type { TrainerEvent } from '../../shared/trainer-events.ts';
import { newestCheckpoint } from '../../main/trainer/checkpoint/reading.ts';
import { smallDataset, temporaryFolder } from '../support/folders.ts';
import { failures, trainUntilIdle } from '../support/trainer.ts';
import {
  expectForeignFilesUntouched,
  expectGoesOnToTheSameEnd,
  expectNothingLost,
  folderWithForeignFiles,
  isLong,
  newestSaved,
  referenceRun,
  startTrainer,
  tinyRun,
} from './support/runs.ts';
import { tried } from './support/table.ts';

const config = await tinyRun();
await referenceRun();

/** Mounting needs a namespace of one's own, which root has, and on some systems everybody. */
const canMount = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
if (!canMount) console.log('Skipped: disks that are mounted for the test need root on Linux.');

/** A shell script's words before node's, in a mount namespace; `$0` is the folder, and "$@" the trainer. */
const inNamespace = (script: string, folder: string): string[] => [
  'unshare',
  '-m',
  'sh',
  '-c',
  script,
  folder,
];

describe.runIf(canMount)('a disk', () => {
  it('that is really full: what was saved before stays, the rest is said', async () => {
    const sizes = isLong ? [8, 16, 24, 40, 50, 60, 70, 80, 90, 100, 110, 120] : [40, 120];
    for (const kilobytes of sizes) {
      const [folder, out] = [temporaryFolder(), temporaryFolder()];
      const script = `mount -t tmpfs -o size=${kilobytes}k tmpfs "$0"; "$@"; code=$?; cp -a "$0/." '${out}'; exit $code`;
      const home = temporaryFolder();
      const run = startTrainer(folder, config, {
        wrap: ['env', `HOME=${home}`, ...inNamespace(script, folder)],
      });
      await run.ended;
      expect(JSON.stringify(failures(run.events))).toMatch(/ENOSPC/);
      expect(JSON.stringify(failures(run.events))).toContain(folder);
      const acknowledged = newestSaved(run.events, folder);
      await expectNothingLost(out, acknowledged);
      await expectGoesOnToTheSameEnd(out, config);
    }
    tried('a really full disk', sizes.length);
  }, 600_000);

  it('that is mounted read-only: said at once, nothing changed, and it goes on when that is over', async () => {
    const folder = folderWithForeignFiles();
    const some = { ...config, training: { ...config.training, maxSteps: 10 } };
    await trainUntilIdle(folder, some);
    const before = readdirSync(folder).sort();
    const script = 'mount --bind "$0" "$0"; mount -o remount,ro,bind "$0"; "$@"';
    const run = startTrainer(folder, config, { wrap: inNamespace(script, folder) });
    await run.ended;
    expect(run.child.exitCode).toBe(1);
    expect(JSON.stringify(failures(run.events))).toMatch(/EROFS/);
    expect(run.errors).toContain(folder);
    expect(readdirSync(folder).sort()).toEqual(before);
    await expectNothingLost(folder, 10);
    await expectGoesOnToTheSameEnd(folder, config);
    expectForeignFilesUntouched(folder);
    tried('a read-only mount', 1);
  });

  it('that is unmounted under the run: said, training ends, and what was saved before is there', async () => {
    const [disk, folder] = [temporaryFolder(), temporaryFolder()];
    // Between two saves: an epoch of a hundred steps lies between them.
    const signal = join(temporaryFolder(), 'now');
    const script = `mount --bind '${disk}' "$0"; "$@" & trainer=$!; while [ ! -e '${signal}' ]; do sleep 0.01; done; umount -l "$0"; wait $trainer`;
    const long: RunConfig = {
      ...config,
      data: { ...config.data, dataset: await smallDataset(6450, 20) },
      checkpoints: { ...config.checkpoints, everySteps: null },
    };
    const home = temporaryFolder();
    const run = startTrainer(folder, long, {
      wrap: ['env', `HOME=${home}`, ...inNamespace(script, folder)],
      onEvent: ({ type }) => {
        if (type === 'saved') writeFileSync(signal, '');
      },
    });
    await run.ended;
    expect(JSON.stringify(failures(run.events))).toMatch(/Another folder|gone/);
    // The empty mount point is another folder, and is left alone.
    expect(readdirSync(folder)).toEqual([]);
    expect(existsSync(join(disk, 'checkpoint'))).toBe(true);
    tried('a folder unmounted during training', 1);
  });
});

it('a quota on the size of files: said, and what was saved before stays', async () => {
  const sizes = isLong ? [1, 2, 4, 8, 16, 24, 32] : [4, 24];
  for (const blocks of sizes) {
    const folder = temporaryFolder();
    const run = startTrainer(folder, config, {
      wrap: [
        'env',
        `HOME=${temporaryFolder()}`,
        'bash',
        '-c',
        `ulimit -f ${blocks}; exec "$0" "$@"`,
      ],
    });
    await run.ended;
    await expectNothingLost(folder, newestSaved(run.events, folder));
    expect(run.child.signalCode).toBeNull();
    expect(JSON.stringify(failures(run.events))).toMatch(/EFBIG/);
    await expectGoesOnToTheSameEnd(folder, config);
  }
  tried('a quota by ulimit -f', sizes.length);
});

/** So long that it still trains when the first of its checkpoints is on the disk. */
const LONG = { epochs: 60, steps: 420 };

/** Does `lose` with the folder once a checkpoint is saved; answers the events. */
async function losing(
  folder: string,
  lose: () => void,
  options: { backAfterWarning?: () => void } = {},
): Promise<TrainerEvent[]> {
  let lost = false;
  let back = false;
  const long = { ...config, training: { ...config.training, epochs: LONG.epochs } };
  return trainUntilIdle(folder, long, (event) => {
    if (event.type === 'saved' && !lost) {
      lost = true;
      lose();
    }
    if (event.type === 'warning' && !back) {
      back = true;
      options.backAfterWarning?.();
    }
    return null;
  });
}

describe('a folder that during training is', () => {
  const away = (folder: string): string => `${folder}-away`;
  /** Each tells what it put in the folder's place; null: nothing. A look there afterwards may see a file of the trainer's that it just removes. */
  const ways: Record<string, (folder: string) => string[] | null> = {
    deleted: (folder) => {
      // A checkpoint may be written into it meanwhile.
      while (existsSync(folder))
        try {
          rmSync(folder, { recursive: true });
        } catch {
          continue;
        }
      return null;
    },
    renamed: (folder) => {
      renameSync(folder, away(folder));
      return null;
    },
    'replaced by a file': (folder) => {
      renameSync(folder, away(folder));
      writeFileSync(folder, 'a file of somebody');
      return ['a file of somebody'];
    },
    'replaced by a link': (folder) => {
      renameSync(folder, away(folder));
      mkdirSync(`${folder}-other`);
      symlinkSync(`${folder}-other`, folder);
      return [];
    },
    'replaced by a copy': (folder) => {
      renameSync(folder, away(folder));
      const copied: string[] = [];
      cpSync(away(folder), folder, {
        recursive: true,
        filter: (from) => {
          if (dirname(from) === away(folder)) copied.push(basename(from));
          return true;
        },
      });
      return copied;
    },
  };

  it.each(Object.keys(ways))(
    '%s: training goes on, it is said, and what took its place is not touched',
    async (way) => {
      const folder = join(temporaryFolder(), 'run');
      const home = process.env.HOME;
      process.env.HOME = temporaryFolder();
      let placed = null as string[] | null;
      // A copy may be made of a file that is being written: it goes, wherever it lies, for it is the run's own and unfinished.
      const kept = (names: readonly string[]): string[] =>
        names.filter((name) => !name.startsWith('.firstlayer-unfinished-')).sort();
      const look = (): string[] | null => {
        if (!existsSync(folder)) return null;
        if (statSync(folder).isFile()) return [readFileSync(folder, 'utf8')];
        return kept(readdirSync(folder));
      };
      const events = await losing(folder, () => {
        placed = ways[way]?.(folder) ?? null;
      });
      process.env.HOME = home;
      const said = failures(events);
      expect(JSON.stringify(said)).toContain(folder);
      // Every step was trained although nothing could be saved, and the end was rescued.
      expect(said.at(-1)).toMatchObject({ type: 'failed' });
      expect(JSON.stringify(said.at(-1))).toContain('firstlayer-rescued');
      expect(look()).toEqual(placed && kept(placed));
      tried(`a folder ${way} during training`, 1);
    },
  );

  it('emptied of one checkpoint goes on without it, and without a word', async () => {
    const folder = join(temporaryFolder(), 'run');
    const events = await losing(folder, () => {
      for (const name of readdirSync(folder).filter((one) => one.startsWith('model.ckpt-3.')))
        rmSync(join(folder, name));
    });
    expect(failures(events)).toEqual([]);
    expect((await newestCheckpoint(folder)).checkpoint?.id.step).toBe(LONG.steps);
    tried('a checkpoint removed by hand during training', 1);
  });

  it('taken away and put back is saved to again', async () => {
    const folder = join(temporaryFolder(), 'run');
    const events = await losing(folder, () => renameSync(folder, away(folder)), {
      backAfterWarning: () => renameSync(away(folder), folder),
    });
    expect(events.some(({ type }) => type === 'finished')).toBe(true);
    expect((await newestCheckpoint(folder)).checkpoint?.id.step).toBe(LONG.steps);
    tried('a folder taken away and put back', 1);
  });
});

it('a trainer that is killed by the signal of a quota would have said nothing: that signal is heard', async () => {
  const folder = temporaryFolder();
  const run = startTrainer(folder, config);
  while (!run.events.some(({ type }) => type === 'started')) await once(run.child.stdout!, 'data');
  run.child.kill('SIGXFSZ');
  await run.ended;
  expect(run.child.exitCode).toBe(0);
});
