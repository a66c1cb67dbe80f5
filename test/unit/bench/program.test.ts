import { expect, test } from 'vitest';
import { Program } from '../../bench/program.ts';

const programOf = (code: string, patience: number): Program =>
  new Program('theirs', process.execPath, ['-e', code], {}, patience);

test.concurrent(
  'one that does not answer is ended, and the error says for how long it was waited',
  async () => {
    const stuck = programOf(`console.error('Thinking.'); setInterval(() => {}, 1000);`, 2000);
    await expect(stuck.next()).rejects.toThrow(
      'theirs has ended: Thinking. It was ended after 2 s without an answer.',
    );
  },
);

test.concurrent('the wait is for each answer anew', async () => {
  const slow = `let n = 0; setInterval(() => console.log(++n), 900)`;
  const prompt = programOf(slow, 2500);
  for (const n of [1, 2, 3]) expect(await prompt.next()).toBe(n);
  prompt.end();
});
