import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { firstBranch } from '../../../../../shared/branch.ts';
import {
  TENSORBOARD,
  TensorBoardLog,
} from '../../../../../main/trainer/checkpoint/tensorboard/log.ts';
import { temporaryFolder } from '../../../../support/folders.ts';

let folder = '';
let log: TensorBoardLog;
beforeEach(() => {
  folder = join(temporaryFolder(), 'run');
  mkdirSync(folder);
  log = new TensorBoardLog(folder, { branch: firstBranch, step: 0, device: 'this one' }, null);
  log.add({ type: 'step', epoch: 1, step: 1, loss: 2, accuracy: 0.1, learningRate: 0.1 });
});

/** The folder is found to be another at the second look, once the log has made its own in it. */
const lostAtSecondLook = (): (() => Promise<void>) => {
  let looks = 0;
  return () =>
    ++looks === 1 ? Promise.resolve() : Promise.reject(new Error('The folder is another now.'));
};

it('leaves no folder of its own in one that has taken the run’s place', async () => {
  await expect(log.write(lostAtSecondLook())).rejects.toThrow('another now');
  expect(readdirSync(folder)).toEqual([]);
});

it('takes nothing away that was there before, or that has taken the place of what it made', async () => {
  mkdirSync(join(folder, TENSORBOARD));
  await expect(log.write(lostAtSecondLook())).rejects.toThrow('another now');
  expect(readdirSync(folder)).toEqual([TENSORBOARD]);
  expect(readdirSync(join(folder, TENSORBOARD))).toEqual([]);

  let looks = 0;
  const replaced = (): Promise<void> => {
    if (++looks === 1) return Promise.resolve();
    renameSync(folder, `${folder}-away`);
    mkdirSync(join(folder, TENSORBOARD, 'train'), { recursive: true });
    return Promise.reject(new Error('The folder is another now.'));
  };
  await expect(log.write(replaced)).rejects.toThrow('another now');
  expect(existsSync(join(folder, TENSORBOARD, 'train'))).toBe(true);
});

it('writes where the folder stays the same', async () => {
  await log.write(() => Promise.resolve());
  expect(readdirSync(join(folder, TENSORBOARD, 'train'))).toHaveLength(1);
});
