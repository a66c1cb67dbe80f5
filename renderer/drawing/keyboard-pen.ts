import { PAD } from '../../shared/strokes.ts';

interface Place {
  x: number;
  y: number;
}

const directions: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Where an arrow key takes the pen, further with shift; null for other keys. */
export function keyMove(
  { x, y }: Place,
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
): Place | null {
  const direction = directions[key];
  if (direction === undefined) return null;
  const by = shiftKey ? 40 : 10;
  const within = (value: number): number => Math.max(0, Math.min(value, PAD));
  return { x: within(x + direction[0] * by), y: within(y + direction[1] * by) };
}
