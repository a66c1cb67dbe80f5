import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { seedRun } from '../../../../shared/presets.ts';
import type { RunConfig } from '../../../../shared/config.ts';
import { asksForHelp, parseArguments } from '../../../../main/trainer/terminal/arguments.ts';
import { ArgumentError } from '../../../../main/trainer/terminal/config-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'firstlayer-arguments-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const seed = JSON.stringify(seedRun());

const configOf = (argv: string[], recorded: RunConfig | null = null): Promise<RunConfig> =>
  parseArguments(argv).configOn(recorded, seedRun());

/** What is said of arguments that are refused. */
async function refusal(...argv: string[]): Promise<string> {
  try {
    await configOf(argv);
  } catch (error) {
    if (error instanceof ArgumentError) return error.message;
    throw error;
  }
  throw new Error('they were taken');
}

describe('what is refused', () => {
  it.each([
    [['--preset', 'constructor'], /^--preset must be one of seed-network, .* but is "constructor"/],
    [['--preset', '__proto__'], /^--preset must be one of/],
    [['--preset', 'toString'], /^--preset must be one of/],
    [['--preset', 'lenet-5', '--config', 'run.json'], /^--config and --preset are two whole runs/],
    [['--checkpoint-dir', ''], /^--checkpoint-dir must not be empty/],
    [['--from', ''], /^--from must not be empty/],
    [['--weights-from', ''], /^--weights-from must not be empty/],
    [['--dataset', ''], /^--dataset "": dataset must be the name of a set, or a folder or file/],
    [
      ['--learning-rate', '-1'],
      /^--learning-rate -1: learningRate must be a number greater than 0/,
    ],
    [['--learning-rate', '1e-320'], /^--learning-rate 1e-320: .* greater than 0/],
    [['--validation-size', '-5'], /^--validation-size -5: .* from 0 to 10000000/],
    [['--epochs', 'none'], /^--epochs must be a number, but is "none"/],
    [['--save-every-steps', '0'], /^--save-every-steps 0: .* from 1 to 1000000000/],
    ...['0', '100000', '1.5', '-1', ''].map((threads): [string[], RegExp] => [
      ['--threads', threads],
      /^--threads must be .* but is "/,
    ]),
    [['--own-drawings', ''], /^--own-drawings "": folder must be the folder that Draw keeps/],
    [
      ['--own-weight', '5'],
      /^--own-weight 5: there are no own drawings .*--own-drawings FOLDER\.$/,
    ],
    [['--own-drawings', 'd', '--own-weight', '0'], /^--own-weight 0: weight .* from 1 to 1000/],
    [['--colour', 'red'], /^Unknown option '--colour'[^\n]*\nSee --help\.$/],
  ])('%j', async (argv, message) => {
    expect(await refusal(...argv)).toMatch(message);
  });

  it.each([
    ['nothing', '', /is empty\.$/],
    ['UTF-16', Buffer.from(`\ufeff${seed}`, 'utf16le'), /is UTF-16 text: save it as UTF-8\.$/],
    ['other bytes', Buffer.from([0x7b, 0xe4, 0x7d]), /is no UTF-8 text\.$/],
    [
      'no JSON',
      '{"a": \u001b[2J}',
      /is not JSON: line 1, column 7: an invisible character \(U\+001B\)/,
    ],
    ['a key twice', seed.replace('"seed":', '"seed":2,"seed":'), /has "seed" twice in one object/],
    ['too much', ' '.repeat(1_000_001), /it has 1000001 bytes; the most that are read are 1000000/],
    ['nesting', `${'['.repeat(400_000)}${']'.repeat(400_000)}`, /: a list: must be an object with/],
  ])('a file of %s', async (name, content, message) => {
    const path = file(name, content);
    const said = await refusal('--config', path);
    expect(said).toContain(path);
    expect(said).toMatch(message);
  });
});

it('takes a number of threads, which is none of the run’s settings', async () => {
  expect(parseArguments([]).threads).toBeNull();
  expect(parseArguments(['--threads', '1']).threads).toBe(1);
  expect(await configOf(['--threads', '1'])).toEqual(await configOf([]));
});

it('a configuration with a decimal comma is refused with its line and column, and what to write', async () => {
  const text = JSON.stringify(seedRun(), null, 2).replace('0.001', '0,005');
  const path = file('decimal-comma.json', text);
  const line = text.split('\n').findIndex((each) => each.includes('0,005')) + 1;
  expect(await refusal('--config', path)).toBe(
    `--config ${path} is not JSON: line ${line}, column 21: the decimal sign is a point, not a comma: 0,005; write 0.005.`,
  );
});

describe('what is taken', () => {
  it('a file that begins with a mark of the byte order', async () => {
    expect(await configOf(['--config', file('marked', `\ufeff${seed}`)])).toEqual(seedRun());
  });

  it('none, which takes a limit away that a run had', async () => {
    const { training, ...rest } = seedRun();
    const recorded = {
      ...rest,
      training: { ...training, maxSteps: 3 },
      checkpoints: {
        ...seedRun().checkpoints,
        keepEveryEpochs: 2,
        everySteps: 3,
        everyMinutes: 4,
      },
    };
    const limits = ['max-steps', 'keep-every-epochs', 'save-every-steps', 'save-every-minutes'];
    const none = limits.flatMap((name) => [`--${name}`, 'none']);
    expect(await configOf(none, recorded)).toEqual(seedRun());
    expect(await configOf([], recorded)).toEqual(recorded);
  });

  it('a dataset’s folder, by its whole path', async () => {
    expect((await configOf(['--dataset', 'digits'])).data.dataset).toBe(resolve('digits'));
    expect((await configOf(['--dataset', 'mnist'])).data.dataset).toBe('mnist');
  });

  it('--help and -h, whatever else is there', () => {
    expect(asksForHelp(['--colour', '--epochs', 'x', '--help'])).toBe(true);
    expect(asksForHelp(['-h'])).toBe(true);
    expect(asksForHelp(['--epochs', '3'])).toBe(false);
  });
});

it('a place in the configuration is called as it was given', () => {
  const { placeOf } = parseArguments(['--config', 'run.json', '--batch-size', '3']);
  expect(placeOf('data.batchSize')).toBe('--batch-size');
  expect(placeOf('data.validationSize')).toBe(
    'run.json: data.validationSize (or --validation-size)',
  );
  expect(parseArguments([]).placeOf('data.validationSize')).toBe('--validation-size');
  expect(placeOf('network.layers.0')).toBe('run.json: network.layers.0');
  expect(placeOf('/some/folder')).toBe('/some/folder');
});

it('own drawings are asked for by their folder, wherever one is; none: they are not', async () => {
  expect((await configOf([])).data).not.toHaveProperty('ownDrawings');
  const { data } = await configOf(['--own-drawings', 'mine', '--own-weight', '25']);
  expect(data.ownDrawings).toEqual({ folder: resolve('mine'), weight: 25, drawings: null });
  const recorded = {
    ...seedRun(),
    data: { ...data, ownDrawings: { ...data.ownDrawings!, drawings: ['0123456789abcdef'] } },
  };
  const on = await configOf(['--own-drawings', 'moved'], recorded);
  expect(on.data.ownDrawings).toEqual({
    ...{ folder: resolve('moved'), weight: 25, drawings: ['0123456789abcdef'] },
  });
  const off = await configOf(['--own-drawings', 'none'], recorded);
  expect(JSON.stringify(off)).toBe(JSON.stringify({ ...seedRun(), data: seedRun().data }));
});
