import {
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig } from '../../shared/config.ts';
import { readIndex } from '../../main/trainer/checkpoint/bundle/read.ts';
import { newestCheckpoint } from '../../main/trainer/checkpoint/reading.ts';
import { temporaryFolder } from '../support/folders.ts';
import { trainUntilIdle } from '../support/trainer.ts';
import {
  expectAsked,
  expectGoesOnToTheSameEnd,
  expectNothingLost,
  isLong,
  referenceRun,
  tinyRun,
} from './support/runs.ts';
import { tried } from './support/table.ts';

let config: RunConfig;
/** Holds checkpoints of steps 10, 13 and 14. */
let whole = '';
beforeAll(async () => {
  config = await tinyRun();
  await referenceRun();
  whole = temporaryFolder();
  const two = { ...config, training: { ...config.training, epochs: 2 } };
  await trainUntilIdle(whole, { ...two, checkpoints: { ...two.checkpoints, keep: 3 } });
  expect(
    readdirSync(whole)
      .filter((name) => name.endsWith('.index'))
      .sort(),
  ).toEqual(['model.ckpt-10.index', 'model.ckpt-13.index', 'model.ckpt-14.index']);
});

const INDEX = 'model.ckpt-14.index';
const DATA = 'model.ckpt-14.data-00000-of-00001';
const RECORD = 'model.ckpt-14.json';

function copy(): string {
  const folder = temporaryFolder();
  cpSync(whole, folder, { recursive: true });
  return folder;
}

/**
 * After `harm`, the checkpoint before is found, the damaged one is named with its folder and left as it is, and training goes on from
 * there to the same end.
 */
async function expectPassedOver(harm: (folder: string) => void, further = false): Promise<void> {
  const folder = copy();
  harm(folder);
  const left = readdirSync(folder)
    .filter((name) => name.startsWith('model.ckpt-14'))
    .map((name) => [name, readFileSync(join(folder, name)).toString('base64')]);
  const { checkpoint, damaged } = await newestCheckpoint(folder);
  expect(checkpoint?.id.step).toBe(13);
  expect(damaged).toHaveLength(1);
  expect(damaged[0]?.what).toContain('model.ckpt-14');
  expect(damaged[0]?.where).toBe(folder);
  await expectNothingLost(folder, 13);
  if (further) await expectGoesOnToTheSameEnd(folder, config);
  for (const [name = '', content] of left)
    expect(readFileSync(join(folder, name)).toString('base64')).toBe(content);
  rmSync(folder, { recursive: true });
}

/** Where something begins or ends in a file: the tensors in the data, the blocks in the index. */
async function boundaries(name: string): Promise<number[]> {
  const { length } = readFileSync(join(whole, name));
  const index = await readIndex(join(whole, INDEX));
  const inner =
    name === DATA
      ? [...index.values()].flatMap(({ offset, size }) => [offset, offset + size])
      : name === INDEX
        ? [length - 48, length - 8, 4, 5]
        : [1, 2];
  // A record ends with a line break, which it can do without.
  const last = name === RECORD ? length - 2 : length - 1;
  const near = inner.flatMap((at) => [at - 1, at, at + 1]);
  return [...new Set([0, 1, length >> 1, last, ...near])].filter((at) => at >= 0 && at < length);
}

describe.each([INDEX, DATA, RECORD])('%s', (name) => {
  it('cut off at any boundary', async () => {
    const lengths = await boundaries(name);
    for (const [k, length] of lengths.entries())
      await expectPassedOver(
        (folder) => {
          const path = join(folder, name);
          writeFileSync(path, readFileSync(path).subarray(0, length));
        },
        isLong ? k % 10 === 0 : k === 2,
      );
    tried(`${name.replace('14', 'N')} cut off at a boundary`, lengths.length);
  });

  it('with a flipped bit in any region', async () => {
    const { length } = readFileSync(join(whole, name));
    const regions = isLong ? 200 : 24;
    let times = 0;
    for (let region = 0; region < regions; region++) {
      const at = Math.floor(((region + 0.5) * length) / regions);
      const bytes = readFileSync(join(whole, name));
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (region % 8)), at);
      // A changed digit in the record may still be a record; what it says of the files and the step is what counts.
      if (name === RECORD && !changesWhatCounts(bytes.toString('utf8'))) continue;
      await expectPassedOver((folder) => writeFileSync(join(folder, name), bytes));
      times += 1;
    }
    expect(times).toBeGreaterThan(0);
    tried(`${name.replace('14', 'N')} with a flipped bit`, times);
  });

  it('gone', async () => {
    if (name === RECORD) {
      const folder = copy();
      rmSync(join(folder, name));
      // Without its record nobody knows whose it is: a person chooses to leave it, or to have the record rebuilt.
      const { checkpoint, damaged } = await newestCheckpoint(folder);
      expect([checkpoint?.id.step, damaged]).toEqual([13, []]);
      await expectAsked(folder, config, 'model.ckpt-14');
      const takenOver = temporaryFolder();
      cpSync(folder, takenOver, { recursive: true });
      await expectGoesOnToTheSameEnd(takenOver, config, { takeOver: true });
      await expectGoesOnToTheSameEnd(folder, config, { from: 'model.ckpt-13' });
    } else await expectPassedOver((folder) => rmSync(join(folder, name)), true);
    tried(`${name.replace('14', 'N')} gone`, 1);
  });
});

function changesWhatCounts(text: string): boolean {
  const before = readFileSync(join(whole, RECORD), 'utf8');
  const counts = (record: string): unknown => {
    try {
      const { files, cursor, format } = JSON.parse(record) as Record<string, unknown>;
      return JSON.stringify([files, (cursor as { step: unknown }).step, format]);
    } catch {
      return record;
    }
  };
  return counts(text) !== counts(before);
}

it('files of two steps mixed', async () => {
  const mix = (from: string, to: string) => (folder: string) => {
    writeFileSync(join(folder, to), readFileSync(join(folder, from)));
  };
  await expectPassedOver(mix('model.ckpt-13.index', INDEX));
  await expectPassedOver(mix('model.ckpt-13.data-00000-of-00001', DATA), true);
  await expectPassedOver(mix('model.ckpt-13.json', RECORD));
  tried('files of two steps mixed', 3);
});

it('every checkpoint damaged: all are named, a fresh run begins beside them, none is written over', async () => {
  const folder = copy();
  const data = [10, 13, 14].map((step) => join(folder, `model.ckpt-${step}.data-00000-of-00001`));
  for (const path of data) writeFileSync(path, 'damaged');
  const events = await trainUntilIdle(folder, config);
  expect(events.filter(({ type }) => type === 'warning')).toHaveLength(3);
  expect(events.find((event) => event.type === 'started')?.restoredFrom).toBeNull();
  for (const path of data) expect(readFileSync(path, 'utf8')).toBe('damaged');
  await expectNothingLost(folder, 21);
  tried('every checkpoint damaged', 1);
});

describe('TensorFlow’s state file', () => {
  const path = 'checkpoint';
  it.each([
    ['empty', ''],
    ['unparsable', '\0\xff not text'],
    ['pointing outside', 'model_checkpoint_path: "../../etc/passwd"\n'],
    ['another program’s', 'model_checkpoint_path: "theirs-1"\n'],
  ])('%s: training goes by the records', async (what, content) => {
    const folder = copy();
    writeFileSync(join(folder, path), content, 'latin1');
    const events = await trainUntilIdle(folder, config);
    expect(events.find((event) => event.type === 'started')?.restoredFrom?.step).toBe(14);
    await expectNothingLost(folder, 21);
    // Not written by this app: left as it is, and said once.
    const warnings = events.filter((event) => event.type === 'warning');
    if (content === '') expect(warnings).toEqual([]);
    else {
      expect(readFileSync(join(folder, path), 'latin1')).toBe(content);
      expect(warnings).toMatchObject([{ where: join(folder, path) }]);
    }
    tried(`a state file that is ${what}`, 1);
  });

  it('a folder of that name, or a link, is left alone', async () => {
    const [one, two] = [copy(), copy()];
    rmSync(join(one, path));
    cpSync(whole, join(one, path), { recursive: true });
    const outside = join(temporaryFolder(), 'outside');
    writeFileSync(outside, 'theirs');
    rmSync(join(two, path));
    symlinkSync(outside, join(two, path));
    for (const folder of [one, two]) await expectGoesOnToTheSameEnd(folder, config);
    expect(readdirSync(join(one, path)).sort()).toEqual(readdirSync(whole).sort());
    expect(readFileSync(outside, 'utf8')).toBe('theirs');
    tried('a folder or a link in the place of the state file', 2);
  });
});

it('a checkpoint of another TensorFlow program beside ours is neither restored nor touched', async () => {
  const folder = copy();
  const theirs = ['model.ckpt-99.index', 'model.ckpt-99.data-00000-of-00001'];
  writeFileSync(join(folder, theirs[0]!), readFileSync(join(whole, INDEX)));
  writeFileSync(join(folder, theirs[1]!), readFileSync(join(whole, DATA)));
  const { checkpoint } = await newestCheckpoint(folder);
  expect(checkpoint?.id.step).toBe(14);
  await expectAsked(folder, config, 'model.ckpt-99');
  await expectGoesOnToTheSameEnd(folder, config, { from: 'model.ckpt-14' });
  expect(readFileSync(join(folder, theirs[1]!)).equals(readFileSync(join(whole, DATA)))).toBe(true);
  tried('another program’s checkpoint in the folder', 1);
});

it('files of another program that have the names of ours are left as they are', async () => {
  const [fresh, ours] = [temporaryFolder(), copy()];
  const theirs = ['model.ckpt-7.index', 'model.ckpt-20.data-00000-of-00001'];
  for (const name of ['run.json', 'metrics.jsonl', ...theirs])
    writeFileSync(join(fresh, name), 'theirs');
  // Not even then: there is nothing in it to go on from.
  await expectAsked(fresh, config, 'model.ckpt-7');
  await trainUntilIdle(fresh, config, undefined, { takeOver: true });
  expect(readdirSync(fresh)).toHaveLength(4);
  // A run that is chosen goes past them.
  for (const name of theirs) writeFileSync(join(ours, name), 'theirs');
  await expectAsked(ours, config, 'model.ckpt-20');
  await expectGoesOnToTheSameEnd(ours, config, { from: 'model.ckpt-14' });
  for (const name of theirs) expect(readFileSync(join(ours, name), 'utf8')).toBe('theirs');
  // What is no checkpoint is no matter.
  const besides = temporaryFolder();
  const named = ['run.json', 'metrics.jsonl', 'filters.jsonl'];
  for (const name of named) writeFileSync(join(besides, name), 'theirs');
  await expectGoesOnToTheSameEnd(besides, config);
  for (const name of named) expect(readFileSync(join(besides, name), 'utf8')).toBe('theirs');
  tried('another program’s files by our names', theirs.length + named.length + 2);
});

it('links out of the folder by the names of ours are neither followed nor removed', async () => {
  const outside = temporaryFolder();
  const folder = temporaryFolder();
  // What lies there is just what this app would write.
  const ours = ['run.json', 'metrics.jsonl', 'filters.jsonl', 'checkpoint'];
  for (const name of ours) {
    cpSync(join(whole, name), join(outside, name));
    symlinkSync(join(outside, name), join(folder, name));
  }
  mkdirSync(join(outside, 'tensorboard'));
  symlinkSync(join(outside, 'tensorboard'), join(folder, 'tensorboard'));
  const before = ours.map((name) => readFileSync(join(outside, name), 'utf8'));
  await expectGoesOnToTheSameEnd(folder, config);
  expect(ours.map((name) => readFileSync(join(outside, name), 'utf8'))).toEqual(before);
  expect(readdirSync(join(outside, 'tensorboard'))).toEqual([]);
  for (const name of [...ours, 'tensorboard'])
    expect(lstatSync(join(folder, name)).isSymbolicLink()).toBe(true);
  tried('links out of the folder', ours.length + 1);
});
