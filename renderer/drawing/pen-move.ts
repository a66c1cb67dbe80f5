import { PAD } from '../../shared/strokes.ts';

/** On the pad, in its units. */
export interface PenPlace {
  x: number;
  y: number;
}

const directions: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The part of a key press that moves the pen. */
export interface PenMoveKey {
  key: string;
  shiftKey: boolean;
}

/** Where an arrow key takes the pen, further with shift; null for other keys. */
export function penMove({ x, y }: PenPlace, { key, shiftKey }: PenMoveKey): PenPlace | null {
  const direction = directions[key];
  if (direction === undefined) return null;
  const by = shiftKey ? 40 : 10;
  const within = (value: number): number => Math.max(0, Math.min(value, PAD));
  return { x: within(x + direction[0] * by), y: within(y + direction[1] * by) };
}
