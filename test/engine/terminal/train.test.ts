import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../../../shared/config.ts';
import { trainerEventSchema, type TrainerEvent } from '../../../shared/trainer-events.ts';
import { convolution, dense, flatten } from '../../support/networks.ts';
import { smallRun } from '../../support/trainer.ts';
import { smallDataset, temporaryFolder } from '../../support/folders.ts';
import { builtProgram } from '../../support/built-programs.ts';

/** The terminal program as a person runs it: the built one, in a process of its own. */

const program = builtProgram('train');
const dataset = await smallDataset(450, 100);

interface Ending {
  code: number | null;
  out: string;
  error: string;
}

async function run(
  args: string[],
  onOutput?: (out: string, interrupt: () => void) => void,
  env: NodeJS.ProcessEnv = {},
): Promise<Ending> {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let out = '';
  let error = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    onOutput?.(out, () => child.kill('SIGINT'));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, error };
}

const small = (folder: string): string[] => ['--checkpoint-dir', folder, '--config', configFile()];

function configFile(): string {
  const path = join(temporaryFolder(), 'run.json');
  writeFileSync(path, JSON.stringify(smallRun(dataset, 'float32')));
  return path;
}

describe('what it prints', () => {
  it('is what the original program printed, and goes on where it stopped', async () => {
    const folder = temporaryFolder();
    const first = await run([...small(folder), '--epochs', '1']);
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/^Created new model\.\n/);
    expect(first.out).toMatch(
      /^Training: epoch 1, batch 7, cost \d\.\d{3}, accuracy [01]\.\d{3}$/m,
    );
    expect(first.out).toMatch(/^Validation: epoch 1, cost \d\.\d{3}, accuracy [01]\.\d{3}$/m);
    expect(first.out).toMatch(/^Saving the model\.$/m);
    expect(first.out).toMatch(/^Test: cost \d\.\d{3}, accuracy [01]\.\d{3}$/m);
    expect(first.out).not.toContain('\r');
    const second = await run([...small(folder), '--epochs', '2']);
    expect(second.out).toContain(
      `Restored model parameters from ${join(folder, 'model.ckpt-7')} (epoch 1).`,
    );
    expect(second.out).toContain('Training: epoch 2, batch 7');
    expect(second.out).not.toContain('Training: epoch 1');
  });

  it('with --json is one event of the protocol a line, and nothing else', async () => {
    const { code, out } = await run([...small(temporaryFolder()), '--epochs', '1', '--json']);
    expect(code).toBe(0);
    const events = out
      .trimEnd()
      .split('\n')
      .map((line): TrainerEvent => v.parse(trainerEventSchema, JSON.parse(line)));
    const types = events.map((event) => event.type);
    for (const type of ['started', 'step', 'epoch', 'saved', 'finished'] as const)
      expect(types).toContain(type);
    const started = events.find((event) => event.type === 'started');
    expect(started).toMatchObject({
      parameters: 1_378_698,
      precision: 'float32',
      restoredFrom: null,
    });
    expect(started?.stepsPerEpoch).toBe(7);
  });

  it('with --commands, lines that come in are carried out meanwhile', async () => {
    const folder = temporaryFolder();
    const child = spawn(process.execPath, [program, ...small(folder), '--commands', '--json'], {
      stdio: 'pipe',
    });
    const types: string[] = [];
    let error = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = v.parse(trainerEventSchema, JSON.parse(line));
      types.push(event.type === 'phase' ? event.phase : event.type);
      if (event.type === 'step' && event.step === 1) child.stdin.write('faster\npause\n');
      if (event.type === 'phase' && event.phase === 'paused')
        child.stdin.write('learning-rate 0.01\nlearning-rate -1\n');
      // The input stays open: that holds nothing up.
      if (event.type === 'changed') child.stdin.write('resume\nstop\n');
    });
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code, error).toBe(0);
    const told = types.filter((type) => ['paused', 'changed', 'stopped'].includes(type));
    expect(told).toEqual(['paused', 'changed', 'stopped']);
    expect(error).toContain('"faster" is no command.');
    expect(error).toContain('"learning-rate -1": learningRate must be a number greater than 0');
  });

  it('with --diagnostics and --classes has what a step did to the layers, and each class by itself', async () => {
    const args = [...small(temporaryFolder()), '--epochs', '1', '--diagnostics', '--classes'];
    const { code, out, error } = await run(args);
    expect(code, error).toBe(0);
    expect(out).toMatch(
      /^Step 1 +gradient +update +weights +dead\nconvolution_1( +\d\.\d\de[+-]\d+){3} +[\d.]+ %\n/m,
    );
    expect(out).toMatch(/^Validation: .*\nAmong .*\nClass {2}Precision {3}Recall\n {4}0 +\S+/m);
  });

  it('--max-steps is a total of the run', async () => {
    const folder = temporaryFolder();
    await run([...small(folder), '--max-steps', '3']);
    const { out } = await run([...small(folder), '--max-steps', '5', '--json']);
    expect(out).toContain('"type":"finished","epoch":0,"step":5');
  });
});

it('trains on TensorFlow’s own kernels too, which have less than oneDNN’s', async () => {
  const args = [...small(temporaryFolder()), '--epochs', '1'];
  const { code, out, error } = await run(args, undefined, { TF_ENABLE_ONEDNN_OPTS: '0' });
  expect(code, error).toBe(0);
  expect(out).toMatch(/^Training: epoch 1, batch 7, cost \d\.\d{3}/m);
});

describe('how it ends', () => {
  it.each([
    [['--epochs', '0'], '--epochs', 'from 1 to 100000'],
    [['--batch-size', 'many'], '--batch-size', 'number'],
    [['--learning-rate', '-1'], '--learning-rate', 'greater than 0'],
    [['--precision', 'float16'], '--precision', 'auto, float32, bfloat16'],
    [['--epochs', '1000000000'], '--epochs', 'from 1 to 100000'],
    [['--preset', 'lenet-6'], '--preset', 'lenet-5'],
    [['--colour', 'red'], '--colour', 'See --help'],
  ])('%j is refused with 2, its name and what is allowed', async (args, name, allowed) => {
    const { code, out, error } = await run(args);
    expect(code).toBe(2);
    expect(error).toContain(name);
    expect(error).toContain(allowed);
    expect(out).toBe('');
  });

  it.each<[string, (run: RunConfig) => RunConfig, RegExp]>([
    [
      'a batch above the data',
      (run) => ({ ...run, data: { ...run.data, batchSize: 401 } }),
      /batch size is 401, but there are only 400 examples[^]*at: data\.batchSize/,
    ],
    [
      'a network that would not fit in memory',
      (run) => ({
        ...run,
        network: {
          name: 'vast',
          layers: [flatten, ...Array.from({ length: 190 }, () => dense(65536)), dense(10)],
        },
      }),
      /would need about [\d.]+ GB of memory; [\d.]+ GB can be used here[^]*at: network\.layers/,
    ],
    [
      'an impossible shape',
      (run) => ({
        ...run,
        network: {
          name: 'small',
          layers: [convolution({ kernel: [29, 29], padding: 'valid' }), flatten, dense(10)],
        },
      }),
      /larger than the height[^]*at: network\.layers\.0/,
    ],
    [
      'more kept for validation than there is',
      (run) => ({ ...run, data: { ...run.data, validationSize: 450 } }),
      /450 examples are to be kept for validation[^]*at: data\.validationSize/,
    ],
  ])('%s is refused before anything starts', async (_, change, message) => {
    const folder = join(temporaryFolder(), 'not made');
    const config = join(temporaryFolder(), 'config.json');
    writeFileSync(config, JSON.stringify(change(smallRun(dataset, 'float32'))));
    const { code, error } = await run(['--checkpoint-dir', folder, '--config', config]);
    expect(code).toBe(2);
    expect(error.replace(`${config}: `, '')).toMatch(message);
    expect(existsSync(folder)).toBe(false);
  });

  it('a folder without a dataset is refused with 2, the place and what to do', async () => {
    const empty = temporaryFolder();
    const { code, error } = await run(['--checkpoint-dir', temporaryFolder(), '--dataset', empty]);
    expect(code).toBe(2);
    expect(error).toContain(empty);
    expect(error).toContain('There is no file in it.');
  });

  it('another seed on a folder that holds a run is refused, and the run is as it was', async () => {
    const folder = temporaryFolder();
    await run([...small(folder), '--max-steps', '2']);
    const { code, error } = await run([...small(folder), '--seed', '9']);
    expect(code).toBe(2);
    expect(error).toContain('seed 1');
    const again = await run([...small(folder), '--max-steps', '3']);
    expect(again.out).toContain('Restored model parameters');
  });

  it('Ctrl-C finishes the step, saves, says how to go on and exits with 130', async () => {
    const folder = temporaryFolder();
    const args = [...small(folder), '--epochs', '500', '--json'];
    let interrupted = false;
    const { code, out } = await run(args, (printed, interrupt) => {
      if (interrupted || !printed.includes('"type":"step"')) return;
      interrupted = true;
      interrupt();
    });
    expect(code).toBe(130);
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as TrainerEvent);
    const stopped = events.find((event) => event.type === 'stopped');
    expect(stopped?.checkpoint?.step).toBe(stopped?.step);
    expect(stopped?.step).toBeGreaterThan(0);
  });
});
