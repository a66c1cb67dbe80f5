import { describe, expect, it } from 'vitest';
import {
  fitPicture,
  isDarkOnLight,
  type WholePicture,
} from '../../../../renderer/drawing/fit-picture.ts';
import { usualAppearance } from '../../../../shared/appearance.ts';
import { usualForm, type DrawnForm } from '../../../../shared/drawn-image.ts';
import { expectedPictures } from '../../../support/pictures.ts';

/** @param rgb one after the other */
function wholeOf(
  { height, width }: { height: number; width: number },
  rgb: ArrayLike<number>,
): WholePicture {
  const rgba = new Uint8ClampedArray(height * width * 4).fill(255);
  for (let k = 0; k < height * width; k++)
    for (let c = 0; c < 3; c++) rgba[4 * k + c] = rgb[3 * k + c]!;
  return { height, width, rgba };
}

/** Grey: a number a pixel; null: transparent black. */
function greyOf(rows: (number | null)[][]): WholePicture {
  const [height, width] = [rows.length, rows[0]!.length];
  const rgba = rows
    .flat()
    .flatMap((grey) => (grey === null ? [0, 0, 0, 0] : [grey, grey, grey, 255]));
  return { height, width, rgba: new Uint8ClampedArray(rgba) };
}

const grey = (height: number, width: number, appearance = usualAppearance): DrawnForm => ({
  height,
  width,
  channels: 1,
  appearance,
});
const plain = { fit: 'pad', background: '#000000', isExchanged: false } as const;

describe('fitPicture', () => {
  const { pictures, resized, background } = expectedPictures;
  const hex = `#${background.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  const known = resized.filter(({ name }) => name in pictures);

  it('has pictures to be compared by', () => {
    expect(known.length).toBeGreaterThan(3);
  });

  for (const { name, fit, rgb, ...size } of known)
    it(`fits ${name}, ${fit} to ${size.width}×${size.height}, as Pillow and the trainer do`, () => {
      const whole = wholeOf(pictures[name]!, Buffer.from(pictures[name]!.rgb, 'base64'));
      const form = { ...size, channels: 3, appearance: usualAppearance };
      const ours = fitPicture(form, { fit, background: hex, isExchanged: false, whole });
      const theirs = Buffer.from(rgb, 'base64');
      expect(ours).toHaveLength(theirs.length);
      const furthest = ours.reduce(
        (most, value, k) => Math.max(most, Math.abs(value - theirs[k]!)),
        0,
      );
      expect(furthest).toBeLessThanOrEqual(2);
    });

  it('keeps a picture of the network’s size as it is, and pads another with the background', () => {
    const whole = greyOf([
      [10, 20],
      [30, 40],
    ]);
    expect([...fitPicture(grey(2, 2), { ...plain, whole })]).toEqual([10, 20, 30, 40]);
    const padded = fitPicture(grey(2, 4), { ...plain, background: '#070707', whole });
    expect([...padded]).toEqual([7, 10, 20, 7, 7, 30, 40, 7]);
  });

  it('lays what is transparent on the background, also where light and dark are exchanged', () => {
    const whole = greyOf([
      [null, 0],
      [0, null],
    ]);
    const exchanged = fitPicture(grey(2, 4), { ...plain, isExchanged: true, whole });
    expect([...exchanged]).toEqual([0, 0, 255, 0, 0, 255, 0, 0]);
  });

  it('turns it as the data are turned', () => {
    const whole = greyOf([
      [1, 2],
      [3, 4],
    ]);
    const turned = grey(2, 2, { ...usualAppearance, transposed: true, mirrored: true });
    expect([...fitPicture(turned, { ...plain, whole })]).toEqual([3, 1, 4, 2]);
  });

  it('fits a large picture in a moment', () => {
    const side = 1_024;
    const whole = {
      height: side,
      width: side,
      rgba: new Uint8ClampedArray(side * side * 4).fill(200),
    };
    const begin = performance.now();
    expect([...new Set(fitPicture(usualForm, { ...plain, whole }))]).toEqual(
      [200 * (200 / 255)].map(Math.round),
    );
    expect(performance.now() - begin).toBeLessThan(2_000);
  });
});

describe('isDarkOnLight', () => {
  it('goes by the border', () => {
    expect(
      isDarkOnLight(
        greyOf([
          [255, 255, 255],
          [255, 0, 255],
          [255, 255, 255],
        ]),
      ),
    ).toBe(true);
    expect(
      isDarkOnLight(
        greyOf([
          [0, 0, 0],
          [0, 255, 0],
          [0, 0, 0],
        ]),
      ),
    ).toBe(false);
  });

  it('goes by the ink where the border is transparent', () => {
    const around = (ink: number) =>
      greyOf([
        [null, null, null],
        [null, ink, null],
        [null, null, null],
      ]);
    expect(isDarkOnLight(around(10))).toBe(true);
    expect(isDarkOnLight(around(240))).toBe(false);
  });
});
