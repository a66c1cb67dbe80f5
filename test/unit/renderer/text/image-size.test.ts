import { describe, expect, it } from 'vitest';
import { imageSizeOf, imageSizeText } from '../../../../renderer/text/image-size.ts';

describe('an image size', () => {
  it.each([
    ['', null],
    [' 32 ', [32, 32]],
    ['24x32', [24, 32]],
    ['24 × 32', [24, 32]],
    ['1', [1, 1]],
    ['512', [512, 512]],
  ])('%j is taken', (text, size) => {
    expect(imageSizeOf(text)).toEqual(size);
  });

  it.each(['0', '513', '32x', 'x32', '-1', '3.5', '32x32x3', 'large', '32,32'])(
    '%j is none',
    (text) => {
      expect(imageSizeOf(text)).toBeUndefined();
    },
  );

  it('is shown as it can be typed again', () => {
    for (const size of [null, [32, 32], [24, 32]] as const)
      expect(imageSizeOf(imageSizeText(size && [...size]))).toEqual(size);
  });
});
