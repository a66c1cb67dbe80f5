import { describe, expect, it } from 'vitest';
import { pixelsFromBytes } from '../../../main/trainer/tensorflow/picture-operations.ts';
import { resizePixels } from '../../../main/trainer/tensorflow/picture-resizing.ts';
import { tensorFlow } from '../../../main/trainer/tensorflow/tensorflow.ts';

const BACKGROUND = [250, 20, 90] as const;

/** Bytes [height, width, channels] by a rule. */
function bytesBy(
  shape: readonly [number, number, number],
  valueAt: (y: number, x: number, channel: number) => number,
): Buffer {
  const [height, width, channels] = shape;
  return Buffer.from(
    Uint8Array.from({ length: height * width * channels }, (_, k) => {
      const pixel = Math.floor(k / channels);
      return valueAt(Math.floor(pixel / width), pixel % width, k % channels);
    }),
  );
}

function resized(
  bytes: Buffer,
  shape: readonly [number, number, number],
  size: { height: number; width: number },
  region = { top: 0, left: 0, height: shape[0], width: shape[1] },
): number[] {
  return tensorFlow().tidy(() => {
    const { values } = resizePixels(pixelsFromBytes(bytes, shape), region, size, BACKGROUND);
    return Array.from(values);
  });
}

const furthestApart = (ours: number[], others: number[]): number =>
  ours.reduce((most, value, k) => Math.max(most, Math.abs(value - (others[k] ?? NaN))), 0);

describe('a picture in several strips', () => {
  it('with alpha is what its colours on the background are in one', () => {
    const [height, width] = [1100, 900];
    const rgba = bytesBy([height, width, 4], (y, x, channel) => (y * (channel + 1) + x * 3) & 255);
    const rgb = bytesBy([height, width, 3], (y, x, channel) => {
      const pixel = 4 * (y * width + x);
      const alpha = rgba[pixel + 3]! / 255;
      return Math.round(rgba[pixel + channel]! * alpha + BACKGROUND[channel]! * (1 - alpha));
    });
    const region = { top: 101, left: 30, height: 903, width: 700 };
    const ours = resized(rgba, [height, width, 4], { height: 31, width: 17 }, region);
    const others = resized(rgb, [height, width, 3], { height: 31, width: 17 }, region);
    expect(furthestApart(ours, others)).toBeLessThan(1);
  });

  it('that is very wide has in each row what one row alone has', () => {
    const [height, width] = [12, 9000];
    const size = { height: 400, width: 64 };
    const valueAt = (_: number, x: number, channel: number): number => (x * (channel + 2)) >> 7;
    const all = resized(bytesBy([height, width, 3], valueAt), [height, width, 3], size);
    const row = resized(bytesBy([1, width, 3], valueAt), [1, width, 3], { height: 1, width: 64 });
    expect(all).toHaveLength(400 * row.length);
    for (let y = 0; y < 400; y++) {
      const ours = all.slice(y * row.length, (y + 1) * row.length);
      // Between columns and rows it is rounded to bytes.
      expect(furthestApart(ours, row)).toBeLessThanOrEqual(0.51);
    }
  });
});

describe('a part that begins within a pixel', () => {
  it('is taken where it is: a ramp keeps its values', () => {
    const bytes = bytesBy([40, 40, 1], (_, x) => 5 * x);
    const region = { top: 10.25, left: 4.5, height: 20, width: 20 };
    const ours = resized(bytes, [40, 40, 1], { height: 4, width: 4 }, region);
    // The middles of four parts of five pixels; at the edges the filter sees no further than the part.
    const middles = [0, 1, 2, 3].map((k) => 5 * (4.5 + 5 * k + 2.5 - 0.5));
    for (const k of [1, 2]) expect(ours[k]).toBeCloseTo(middles[k]!, 1);
  });
});
