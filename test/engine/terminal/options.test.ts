import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { trainerEventSchema, type TrainerEvent } from '../../../shared/trainer-events.ts';
import { configFile, runCli, tinyRun } from '../../support/cli.ts';
import { smallDataset, temporaryFolder } from '../../support/folders.ts';

/** Options of the terminal program that need a run under way. */

const cores = availableParallelism();
const dataset = await smallDataset(450, 20);

const eventsOf = (out: string): TrainerEvent[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as TrainerEvent);

it('--from goes on with that checkpoint’s configuration, not the newest one’s', async () => {
  const folder = temporaryFolder();
  const on = ['--checkpoint-dir', folder];
  await runCli([...on, '--config', configFile(tinyRun(dataset)), '--max-steps', '2']);
  await runCli([...on, '--learning-rate', '0.5', '--max-steps', '4']);
  const { out } = await runCli([...on, '--from', 'model.ckpt-2', '--max-steps', '3', '--json']);
  const started = eventsOf(out).find((event) => event.type === 'started');
  expect(started?.config.optimizer.learningRate).toBe(0.001);
});

it('--stop-after-minutes ends a run and says so; started again, it says that nothing is left', async () => {
  const folder = temporaryFolder();
  const on = ['--checkpoint-dir', folder];
  const config = configFile(tinyRun(dataset));
  const first = await runCli([...on, '--config', config, '--stop-after-minutes', '1e-6']);
  expect(first.code).toBe(0);
  expect(first.out).toContain('Goal reached at step 1: ');
  expect(first.out).toContain('Test: ');
  const again = await runCli(on);
  expect(again.out).toMatch(/Nothing is left to train: .* asked for \(--stop-after-minutes\)\./);
  const free = await runCli([...on, '--stop-after-minutes', 'none', '--max-steps', '3', '--json']);
  expect(eventsOf(free.out).at(-2)).toMatchObject({ type: 'finished', step: 3 });
});

it('--threads is told of by the device, and a run that goes on without it says that it computes otherwise', async () => {
  const on = ['--checkpoint-dir', temporaryFolder(), '--json'];
  const few = ['--config', configFile(tinyRun(dataset)), '--max-steps', '2', '--threads', '1'];
  const device = (out: string): string | undefined =>
    eventsOf(out).find((event) => event.type === 'started')?.device;
  const first = await runCli([...on, ...few]);
  const [, threads] = device(first.out)!.split(', ');
  expect(threads).toBe(cores === 1 ? '1 threads' : `1 of ${cores} threads`);
  const second = await runCli([...on, '--max-steps', '3']);
  expect(device(second.out)).toContain(`, ${cores} threads`);
  expect(second.out.includes('other arithmetic than before')).toBe(cores > 1);
});

it('a number of threads that cannot be is refused, in the environment too', async () => {
  const { code, error } = await runCli([], undefined, { FIRSTLAYER_THREADS: 'many' });
  expect(code).toBe(2);
  expect(error).toMatch(/FIRSTLAYER_THREADS must be .* but is "many"/);
});

it('--stop-at-accuracy without validation is refused by that name', async () => {
  const { code, error } = await runCli([
    ...['--checkpoint-dir', join(temporaryFolder(), 'not made')],
    ...['--config', configFile(tinyRun(dataset)), '--validation-size', '0'],
    ...['--stop-at-accuracy', '0.9'],
  ]);
  expect(code).toBe(2);
  expect(error).toContain('--stop-at-accuracy waits for a validation');
});

describe('what is refused', () => {
  it('is refused before the checkpoint folder is made, with 2, and told as an event too', async () => {
    const folder = join(temporaryFolder(), 'not made');
    const missing = join(temporaryFolder(), 'model.ckpt-1');
    const { code, out, error } = await runCli([
      ...['--checkpoint-dir', folder, '--config', configFile(tinyRun(dataset))],
      ...['--weights-from', missing, '--json'],
    ]);
    expect(code).toBe(2);
    expect(error).toContain(missing);
    expect(eventsOf(out).at(-2)).toMatchObject({ type: 'failed', where: missing, refused: true });
    expect(existsSync(folder)).toBe(false);
  });

  it('weights for a run that goes on; nothing left to train is said, and a limit can be taken away', async () => {
    const folder = temporaryFolder();
    const on = ['--checkpoint-dir', folder];
    const first = await runCli([
      ...[...on, '--config', configFile(tinyRun(dataset))],
      ...['--max-steps', '3', '--save-every-steps', '2'],
    ]);
    const prefix = join(realpathSync(folder), 'model.ckpt-3');
    expect(first.out).toContain(`The model is in ${prefix}.\n`);
    const weights = await runCli([...on, '--weights-from', join(folder, 'model.ckpt-2')]);
    expect(weights.code).toBe(2);
    expect(weights.error).toContain('this folder’s run goes on with its own');
    const again = await runCli(on);
    expect(again.out).toContain('Nothing is left to train: 3 of at most 3 steps (--max-steps).');
    const free = await runCli([...on, '--max-steps', 'none', '--epochs', '1', '--json']);
    expect(eventsOf(free.out).at(-2)).toMatchObject({ type: 'finished', step: 7 });
  });

  it('to begin anew where another version’s run is', async () => {
    const folder = temporaryFolder();
    const args = ['--checkpoint-dir', folder, '--config', configFile(tinyRun(dataset))];
    await runCli([...args, '--max-steps', '2']);
    const path = join(folder, 'model.ckpt-2.json');
    const record = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(path, JSON.stringify({ ...record, invented: 1 }));
    const before = readdirSync(folder);
    const { code, error } = await runCli([...args, '--max-steps', '2']);
    expect(code).toBe(2);
    expect(error).toContain('was written by another version of Firstlayer: model.ckpt-2.');
    expect(readdirSync(folder)).toEqual(before);
  });

  it('arguments, on standard output as an event where a program reads', async () => {
    const { code, out, error } = await runCli(['--json', '--epochs', '0']);
    expect(code).toBe(2);
    expect(error).toMatch(/^--epochs 0: epochs must be/);
    const [failed] = eventsOf(out).slice(-1);
    expect(v.parse(trainerEventSchema, failed)).toMatchObject({ type: 'failed', refused: true });
  });
});

it('commands that end while it is paused have it saved and ended', async () => {
  const folder = temporaryFolder();
  const args = ['--checkpoint-dir', folder, '--config', configFile(tinyRun(dataset))];
  const { code, error } = await runCli(
    [...args, '--epochs', '100000', '--json', '--commands'],
    (out, child) => {
      if (out.includes('"type":"started"') && child.stdin.writable) child.stdin.end('pause\n');
    },
  );
  expect(error).toContain('The commands ended while it was paused: it saves and ends.');
  expect(code).toBe(0);
});

it('--print-config prints what --config takes, and nothing else', async () => {
  const { code, out } = await runCli(['--preset', 'lenet-5', '--epochs', '3', '--print-config']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ network: { name: 'LeNet-5' }, training: { epochs: 3 } });
});
