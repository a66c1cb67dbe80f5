import { expect, it } from 'vitest';
import {
  checkpointName,
  inBranchOrder,
  totalText,
  unrecordedWords,
  verdictText,
} from '../../../../renderer/text/checkpoint-words.ts';

it('a folder’s checkpoints are counted with the room that they take', () => {
  expect(totalText([])).toBe('');
  expect(totalText([{ bytes: 16_500_000 }])).toBe('1 checkpoint · 17 MB');
  expect(totalText([{ bytes: 4e6 }, { bytes: 5e6 }])).toBe('2 checkpoints · 9 MB');
});

it('a branch’s checkpoints stand together, the newest first', () => {
  const [a, b, c] = [
    { branch: 1, step: 450 },
    { branch: 2, step: 400 },
    { branch: 2, step: 470 },
  ];
  expect(inBranchOrder([a, b, c])).toEqual([c, b, a]);
});

it('a check says that all is whole, or what is not', () => {
  expect(verdictText({ damage: null })).toBe('whole');
  expect(verdictText({ damage: 'the data file is shorter' })).toBe(
    'damaged: the data file is shorter',
  );
});

it('of a checkpoint without a record all is told that is known', () => {
  const found = {
    name: 'model.ckpt-7',
    whose: 'tf.train.Saver',
    bytes: 5_000,
    damage: null,
  } as const;
  expect(unrecordedWords({ ...found, step: 7 })).toBe(
    'model.ckpt-7: step 7, 5 kB, another program’s, by tf.train.Saver',
  );
  expect(unrecordedWords({ ...found, name: 'a\u202eb', step: null, damage: 'cut off' })).toBe(
    'a\\u{202e}b: 5 kB, another program’s, by tf.train.Saver; damaged: cut off',
  );
});

it('the branch is named where there are several', () => {
  expect(checkpointName({ step: 1_720, branch: 2 }, false)).toBe('step 1,720');
  expect(checkpointName({ step: 1_720, branch: 2 }, true)).toBe('step 1,720 of branch 2');
});
