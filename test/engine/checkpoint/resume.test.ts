import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newestCheckpoint } from '../../../main/trainer/checkpoint/reading.ts';
import { checkpointHash, smallDataset, temporaryFolder } from '../../support/folders.ts';
import { failures, smallRun, STEPS_AN_EPOCH, trainUntilIdle } from '../../support/trainer.ts';

const dataset = await smallDataset(450, 100);

const epochs = (count: number) => {
  const run = smallRun(dataset, 'float32');
  return { ...run, training: { ...run.training, epochs: count } };
};

it('keeps the newest five and the best, lists them for TensorFlow, and leaves other files alone', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'model.ckpt-1.notes'), 'mine');
  writeFileSync(join(folder, 'thesis.txt'), 'mine too');
  expect(failures(await trainUntilIdle(folder, epochs(8)))).toEqual([]);
  const { checkpoint } = await newestCheckpoint(folder);
  const best = checkpoint?.record.watch.best?.step ?? 0;
  const newest = [4, 5, 6, 7, 8].map((epoch) => epoch * STEPS_AN_EPOCH);
  const steps = readdirSync(folder)
    .flatMap((name) => /^model\.ckpt-(\d+)\.index$/.exec(name)?.[1] ?? [])
    .map(Number);
  expect(steps.sort((a, b) => a - b)).toEqual(
    [...new Set([best, ...newest])].sort((a, b) => a - b),
  );
  const state = readFileSync(join(folder, 'checkpoint'), 'utf8');
  expect(state).toMatch(
    new RegExp(`^# .*\nmodel_checkpoint_path: "model.ckpt-${8 * STEPS_AN_EPOCH}"\n`),
  );
  expect(state.match(/all_model_checkpoint_paths/g)).toHaveLength(steps.length);
  expect(readFileSync(join(folder, 'model.ckpt-1.notes'), 'utf8')).toBe('mine');
  expect(readFileSync(join(folder, 'thesis.txt'), 'utf8')).toBe('mine too');
  expect(readdirSync(folder).filter((name) => name.includes('unfinished'))).toEqual([]);
});

it('passes a damaged checkpoint over, says which and how, and ends with the same bits', async () => {
  const [whole, damaged] = [temporaryFolder(), temporaryFolder()];
  await trainUntilIdle(whole, epochs(3));
  await trainUntilIdle(damaged, epochs(2));
  const newest = `model.ckpt-${2 * STEPS_AN_EPOCH}`;
  const data = join(damaged, `${newest}.data-00000-of-00001`);
  const bytes = readFileSync(data);
  bytes.writeUInt8(bytes.readUInt8(1000) ^ 1, 1000);
  writeFileSync(data, bytes);
  const events = await trainUntilIdle(damaged, epochs(3));
  expect(failures(events)).toMatchObject([{ type: 'warning', where: damaged }]);
  expect(JSON.stringify(failures(events))).toContain(newest);
  expect(events.find((event) => event.type === 'started')?.restoredFrom?.step).toBe(STEPS_AN_EPOCH);
  // On a branch of its own: the damaged one is left as it is.
  expect(readFileSync(data).equals(bytes)).toBe(true);
  expect(checkpointHash(damaged, 3 * STEPS_AN_EPOCH, 2)).toBe(
    checkpointHash(whole, 3 * STEPS_AN_EPOCH),
  );
});

it('removes what an interrupted save left, and reads on past a torn line of the curves', async () => {
  const folder = temporaryFolder();
  await trainUntilIdle(folder, epochs(1));
  const left = join(folder, '.firstlayer-unfinished-1.index');
  writeFileSync(left, 'half');
  appendFileSync(join(folder, 'metrics.jsonl'), '{"type":"step","epoch":2,"st');
  expect(failures(await trainUntilIdle(folder, epochs(2)))).toEqual([]);
  expect(existsSync(left)).toBe(false);
});

it('a folder that cannot be one is named, with what to do', async () => {
  const file = join(temporaryFolder(), 'a file');
  writeFileSync(file, '');
  const [failure] = failures(await trainUntilIdle(file, epochs(1)));
  expect(failure).toMatchObject({ type: 'failed', where: file });
});
