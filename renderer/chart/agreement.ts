import type { DrawnForm } from '../../shared/drawn-image.ts';
import { patchAt } from '../../shared/occlusion.ts';
import { rankCorrelation } from '../../shared/rank-correlation.ts';
import type { ValueMap } from './activation-maps.ts';
import { inkShares, scaleUpSmoothly } from './map-overlay.ts';

/** What a patch took away, place by place. */
interface Covered extends ValueMap {
  size: number;
  stride: number;
  pixels: Uint8Array;
}

/** A patch with less ink below it takes nothing away. */
const LEAST_INK = 0.05;

/**
 * How far a map of where the network looked puts the places in the same order as occlusion does: the rank correlation of the map's mean
 * below the patch with what the class lost there, over all places where the patch covers ink.
 * @param map of any size, laid over the whole picture
 * @returns −1 to 1; null where there is no order
 */
export function agreementWith(map: ValueMap, occluded: Covered, form: DrawnForm): number | null {
  const [whole, ink] = [scaleUpSmoothly(map, form).values, inkShares(occluded.pixels, form)];
  const [said, lost]: [number[], number[]] = [[], []];
  for (let place = 0; place < occluded.values.length; place++) {
    const at = [Math.floor(place / occluded.width), place % occluded.width] as const;
    const box = patchAt(form, occluded, at);
    if (meanBelow(ink, form.width, box) < LEAST_INK) continue;
    said.push(meanBelow(whole, form.width, box));
    lost.push(occluded.values[place] ?? 0);
  }
  return rankCorrelation(said, lost);
}

function meanBelow(
  values: Float32Array,
  width: number,
  { top, left, bottom, right }: ReturnType<typeof patchAt>,
): number {
  let sum = 0;
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) sum += values[row * width + column] ?? 0;
  return sum / ((bottom - top) * (right - left));
}
