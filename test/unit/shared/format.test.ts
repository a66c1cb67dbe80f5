import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatDuration,
  formatLoss,
  formatPercent,
  formatSigned,
} from '../../../shared/format.ts';

describe('numbers as they are read', () => {
  it('says a loss of any size', () => {
    expect([2.3026, 0.03456, 0.00004, 0, NaN].map(formatLoss)).toEqual([
      '2.30',
      '0.0346',
      '4.0e-5',
      '0.00',
      '–',
    ]);
  });

  it('signs weights with a true minus', () => {
    expect([0.1234, -0.1234, 0].map((value) => formatSigned(value))).toEqual([
      '+0.123',
      '−0.123',
      '0.000',
    ]);
  });

  it('says durations in at most two units', () => {
    expect([0, 59.6, 75, 3_600, 7_384].map(formatDuration)).toEqual([
      '0 s',
      '1 min 00 s',
      '1 min 15 s',
      '1 h 00 min',
      '2 h 03 min',
    ]);
  });

  it('never rounds up to certainty', () => {
    expect(formatPercent(1)).toBe('100.0 %');
    expect(formatPercent(0.99999)).toBe('99.9 %');
    expect(formatPercent(0.99999, 2)).toBe('99.99 %');
    expect(formatPercent(0.9812)).toBe('98.1 %');
    expect(formatPercent(0)).toBe('0.0 %');
  });

  it('says a share in as many digits as asked for', () => {
    expect(formatPercent(0.296, 0)).toBe('30 %');
    expect(formatPercent(0.999, 0)).toBe('99 %');
  });

  it('sets the thousands of a count apart', () => {
    expect([0, 999.6, 55_000].map(formatCount)).toEqual(['0', '1,000', '55,000']);
  });
});
