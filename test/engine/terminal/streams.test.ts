import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configFile, program, runCli, tinyRun } from '../../support/cli.ts';
import { checkpointSteps, smallDataset, temporaryFolder } from '../../support/folders.ts';

/** What becomes of a run when nobody can be told of it any more. */

const dataset = await smallDataset(450, 20);

const argumentsFor = (folder: string, ...more: string[]): string[] => [
  ...['--checkpoint-dir', folder, '--config', configFile(tinyRun(dataset)), ...more],
];

describe('it saves and ends', () => {
  it.each<[string, number, 'SIGHUP' | null]>([
    ['when what reads its output ends', 141, null],
    ['when its terminal is closed', 129, 'SIGHUP'],
  ])('%s', async (_, expected, signal) => {
    const folder = temporaryFolder();
    let told = false;
    const { code, error } = await runCli(
      argumentsFor(folder, '--epochs', '100000', '--json'),
      (out, child) => {
        if (told || !out.includes('"type":"step"')) return;
        told = true;
        if (signal) child.kill(signal);
        else child.stdout.destroy();
      },
    );
    expect(code, error).toBe(expected);
    expect(error).not.toContain('EPIPE');
    // Within an epoch: saved because it ended.
    expect(checkpointSteps(folder).at(-1)).toBeGreaterThan(0);
  });
});

const onLinux = it.runIf(process.platform === 'linux');

onLinux('on a full disk it goes on, and says so once', () => {
  const folder = temporaryFolder();
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(
    process.execPath,
    [program, ...argumentsFor(folder, '--max-steps', '9')],
    { stdio: ['ignore', full, 'pipe'], encoding: 'utf8' },
  );
  closeSync(full);
  expect(stderr.match(/What it prints cannot be written: [^.]*\(ENOSPC\)/g)).toHaveLength(1);
  expect(status).toBe(0);
  expect(checkpointSteps(folder)).toEqual([7, 9]);
});

onLinux('what cannot be complained of neither ends it', () => {
  const full = openSync('/dev/full', 'w');
  const { status } = spawnSync(process.execPath, [program, '--epochs', '0'], {
    stdio: ['ignore', 'ignore', full],
  });
  closeSync(full);
  expect(status).toBe(2);
});
