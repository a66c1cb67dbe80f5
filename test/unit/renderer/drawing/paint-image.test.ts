import { expect, it } from 'vitest';
import { paintImage } from '../../../../renderer/drawing/paint-image.ts';

it('paints a shade of grey, or red, green and blue', () => {
  expect([...paintImage(Uint8Array.of(7, 200), 1)]).toEqual([7, 7, 7, 255, 200, 200, 200, 255]);
  expect([...paintImage(Uint8Array.of(1, 2, 3, 4, 5, 6), 3)]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
});
