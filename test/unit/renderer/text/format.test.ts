import { describe, expect, it } from 'vitest';
import { duration, loss, percent, signed, splitPath } from '../../../../renderer/text/format.ts';
import { numberOf } from '../../../../renderer/text/number-of.ts';

describe('numbers as they are read', () => {
  it('says durations in at most two units', () => {
    expect([0, 59.6, 75, 3_600, 7_384].map(duration)).toEqual([
      '0 s',
      '1 min 00 s',
      '1 min 15 s',
      '1 h 00 min',
      '2 h 03 min',
    ]);
  });

  it('never rounds up to certainty', () => {
    expect(percent(1)).toBe('100.0%');
    expect(percent(0.99999)).toBe('99.9%');
    expect(percent(0.99999, 2)).toBe('99.99%');
    expect(percent(0.9812)).toBe('98.1%');
    expect(percent(0)).toBe('0.0%');
  });

  it('says a loss of any size', () => {
    expect([2.3026, 0.03456, 0.00004, 0, NaN].map(loss)).toEqual([
      '2.30',
      '0.0346',
      '4.0e-5',
      '0.00',
      '–',
    ]);
  });

  it('signs weights with a true minus', () => {
    expect([0.1234, -0.1234, 0].map((value) => signed(value))).toEqual([
      '+0.123',
      '−0.123',
      '0.000',
    ]);
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
