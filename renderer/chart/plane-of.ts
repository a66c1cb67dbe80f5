import type { ExampleShape } from '../../shared/network-shape.ts';
import { stripOf } from './activation-maps.ts';
import { channelPlane } from './channel-plane.ts';

/** Values as they are drawn: one channel of maps, or a row of units laid out as a strip. */
export interface Plane {
  height: number;
  width: number;
  values: Float64Array;
}

/** A place of a plane, from the upper left and from 0. */
export interface Place {
  row: number;
  column: number;
}

/** @param channel of maps, from 0 */
export function planeOf(shape: ExampleShape, values: ArrayLike<number>, channel: number): Plane {
  if (shape.length === 3) {
    const [height, width, channels] = shape;
    return {
      height,
      width,
      values: channelPlane(values, channels, Math.min(channel, channels - 1)),
    };
  }
  const { height, width } = stripOf(Float32Array.from(values));
  const padded = new Float64Array(height * width);
  padded.set(Float64Array.from(values));
  return { height, width, values: padded };
}

/** Channels of maps; 1 of a row. */
export const channelsOf = (shape: ExampleShape): number => (shape.length === 3 ? shape[2] : 1);
