import { spawnSync } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Picture, Question } from '../../../shared/questions.ts';
import type { Inquiry } from '../../../main/trainer/terminal/ask-checkpoint.ts';
import { loadDataset } from '../../support/datasets.ts';
import { OpenedCheckpoint } from '../../../main/trainer/terminal/opened-checkpoint.ts';
import { smallDataset, temporaryFolder } from '../../support/folders.ts';
import { smallRun, STEPS_AN_EPOCH, trainUntilIdle } from '../../support/trainer.ts';
import { builtProgram } from '../../support/built-programs.ts';

/** `npm run inspect` as a person runs it: the built program, in a process of its own. */

const program = builtProgram('inspect');
const [first, last] = [`model.ckpt-${STEPS_AN_EPOCH}`, `model.ckpt-${2 * STEPS_AN_EPOCH}`];
const IMAGE = 4;

let folder = '';
let dataset = '';
let image: Picture;
let label = 0;
beforeAll(async () => {
  folder = temporaryFolder();
  dataset = await smallDataset(450, 100);
  const run = smallRun(dataset, 'float32');
  await trainUntilIdle(folder, { ...run, training: { ...run.training, epochs: 2 } });
  const { test } = await loadDataset(dataset, 0);
  const pixels = test.images.slice(IMAGE * 784, (IMAGE + 1) * 784);
  image = { height: 28, width: 28, channels: 1, pixels };
  label = test.labels[IMAGE]!;
});

function inspect(...args: string[]): { code: number | null; out: string; error: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, '--checkpoint-dir', folder, ...args],
    { encoding: 'utf8' },
  );
  return { code: status, out: stdout, error: stderr };
}

const shown = ['--image', String(IMAGE)];

interface Told {
  checkpoint: string;
  image: { number: number; label: number } | null;
  layer: string | null;
  answer: Record<string, unknown>;
}

describe('npm run inspect', () => {
  it.each<[Inquiry['what'], string[], (image: Picture) => Question, string | null]>([
    ['predict', [], (shown) => ({ type: 'predict', image: shown }), null],
    ['activations', [], (shown) => ({ type: 'activations', image: shown, layer: 12 }), 'dense_2'],
    ['saliency', ['--class', '3'], (shown) => ({ type: 'saliency', image: shown, class: 3 }), null],
    [
      'grad-cam',
      ['--layer', 'pooling_1'],
      (shown) => ({ type: 'grad-cam', image: shown, class: null, layer: 1 }),
      'pooling_1',
    ],
    ['filters', [], () => ({ type: 'filters' }), null],
  ])('--what %s --json tells what the trainer answers', async (what, args, question, layer) => {
    const { code, out, error } = inspect('--what', what, ...args, ...shown, '--json');
    expect(code, error).toBe(0);
    const told = JSON.parse(out) as Told;
    expect(told).toMatchObject({ checkpoint: join(folder, last), layer });
    expect(told.image).toEqual(
      what === 'filters' ? null : expect.objectContaining({ number: IMAGE, label }),
    );
    const opened = await OpenedCheckpoint.open(folder, undefined);
    const expected: Answer = opened.ask(question(image));
    await opened.close();
    const { values, ...rest } = told.answer;
    if ('values' in expected) {
      const { values: numbers, ...others } = expected;
      expect(rest).toEqual(others);
      expect(values).toEqual(Array.from(numbers));
    } else expect(told.answer).toEqual(expected);
  });

  it('shows pictures, of an earlier checkpoint too', () => {
    const { code, out, error } = inspect(
      '--what',
      'grad-cam',
      '--layer',
      '6',
      '--from',
      first,
      ...shown,
    );
    expect(code, error).toBe(0);
    expect(out).toMatch(
      new RegExp(
        `^${first}, step ${STEPS_AN_EPOCH}\\.\nTest image 4 is a ${label}; the network answers \\d, .*\nWhere convolution_3 speaks for class \\d, 7×7:\nBlank is 0\\.00, █ is .*\n([ ░▒▓█]{0,14}\n){7}$`,
      ),
    );
  });

  it.each([
    [['--what', 'weights'], '--what must be one of predict, activations, saliency'],
    [['--image', '-1'], '--image'],
    [['--image', 'seven'], '--image must be a whole number from 0, but is "seven"'],
    [['--what', '\u001b[2J'], 'but is "\\u001b[2J"'],
    [['--\u001b[2J'], '\\u{1b}[2J'],
    [['--class', '1.5'], '--class must be a whole number from 0, but is "1.5"'],
    [['--colour'], '--colour'],
  ])('%j is refused with 2, what is wrong and the usage', (args, what) => {
    const { code, out, error } = inspect(...args);
    expect(code).toBe(2);
    expect(error).toContain(what);
    expect(error).toContain('Usage');
    expect(out).toBe('');
  });

  it.each([
    [['--image', '100'], /no test image 100: there are 100[^]*at: --image[^]*from 0 to 99/],
    [
      ['--what', 'activations', '--layer', 'convolution_4'],
      /no layer "convolution_4"[^]*at: --layer[^]*Name one of 0 convolution_1, .* 12 dense_2/,
    ],
    [['--what', 'grad-cam', '--layer', '13'], /no layer "13"/],
    [['--what', 'grad-cam', '--layer', 'flatten_1'], /Layer 9 \(flatten\) gives a row/],
    [['--what', 'saliency', '--class', '10'], /no class 10/],
    [['--from', 'model.ckpt-1'], /no checkpoint “model\.ckpt-1”[^]*Name one of/],
    [['--checkpoint-dir', '/nowhere/at/all'], /no checkpoint in this folder[^]*--checkpoint-dir/],
  ])('%j ends with 1, the place and what to do', (args, what) => {
    const { code, out, error } = inspect(...args);
    expect(code).toBe(1);
    expect(error).toMatch(what);
    expect(out).toBe('');
  });

  describe('where the data have moved', () => {
    let moved = '';
    beforeAll(() => {
      moved = join(temporaryFolder(), 'moved');
      renameSync(dataset, moved);
    });
    afterAll(() => {
      renameSync(moved, dataset);
    });

    it('says so, and what to name', () => {
      const { code, out, error } = inspect(...shown);
      expect(code).toBe(1);
      expect(error).toMatch(/data were read from is not there any more\.\n {2}at: .*\n.*--dataset/);
      expect(error).toContain(dataset);
      expect(out).toBe('');
    });

    it('shows the same as before with --dataset', () => {
      const { code, out, error } = inspect(...shown, '--dataset', moved);
      expect(code, error).toBe(0);
      expect(out).toContain(`Test image ${IMAGE} is a ${label}`);
    });

    it('shows filters without them', () => {
      const { code, out, error } = inspect('--what', 'filters');
      expect(code, error).toBe(0);
      expect(out).toMatch(/Kernels of the first convolution/);
    });

    it('names both sizes where they are images of another', async () => {
      const wide = await smallDataset(20, 10);
      for (const part of ['train', 't10k']) {
        const path = join(wide, `${part}-images-idx3-ubyte`);
        const bytes = readFileSync(path);
        bytes.writeUInt32BE(14, 8);
        bytes.writeUInt32BE(56, 12);
        writeFileSync(path, bytes);
      }
      const { code, error } = inspect('--dataset', wide);
      expect(code).toBe(1);
      expect(error).toMatch(/The picture is 14×56, but this network was trained on 28×28\./);
    });

    it.each([
      [['--dataset', '/nowhere/at/all'], 1, /no such dataset folder/],
      [['--dataset', ''], 2, /--dataset must not be empty/],
    ])('refuses %j', (args, expected, what) => {
      const { code, error } = inspect(...args);
      expect(code).toBe(expected);
      expect(error).toMatch(what);
    });
  });

  it('--help lists what can be asked', () => {
    const { code, out } = inspect('--help');
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: npm run inspect -- /);
  });
});
