import { describe, expect, it } from 'vitest';
import { keepTogether, splitPath } from '../../../../renderer/text/format.ts';
import { numberOf } from '../../../../renderer/text/number-of.ts';

describe('texts that only the window shows', () => {
  it('keeps a number and its unit on one line', () => {
    expect(keepTogether('3 min 05 s')).toBe('3\u00a0min\u00a005\u00a0s');
  });

  it('splits a path so that its end stays', () => {
    expect(splitPath('/home/a/runs/CNN_ckpt_dir')).toEqual(['/home/a/runs', '/CNN_ckpt_dir']);
    expect(splitPath('C:\\runs\\one')).toEqual(['C:\\runs', '\\one']);
    const [head, tail] = splitPath(`/a/${'very-long-name-'.repeat(4)}end`);
    expect(tail).toHaveLength(24);
    expect(head + tail).toBe(`/a/${'very-long-name-'.repeat(4)}end`);
    expect(splitPath('')).toEqual(['', '']);
  });
});

describe('numberOf', () => {
  it('reads what people type', () => {
    expect(['10', ' 0.5 ', '0,5', '1e-3', '.5', '5.', '-1'].map(numberOf)).toEqual([
      10, 0.5, 0.5, 0.001, 0.5, 5, -1,
    ]);
  });

  it.each(['', ' ', 'abc', '1,000,000', '1.000,5', '0x1f', 'Infinity', '1 2', '--1', '.'])(
    'takes %j for no number',
    (text) => expect(numberOf(text)).toBeNaN(),
  );
});
