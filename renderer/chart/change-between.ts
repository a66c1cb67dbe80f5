import type { ValueMap } from './activation-maps.ts';

/** What one network's plane of values is more than another's, place by place; null: they are not of one size. */
export function changeBetween(before: ValueMap, after: ValueMap): ValueMap | null {
  if (before.height !== after.height || before.width !== after.width) return null;
  if (before.values.length !== after.values.length) return null;
  const values = after.values.map((value, place) => value - (before.values[place] ?? 0));
  return { ...after, values };
}
