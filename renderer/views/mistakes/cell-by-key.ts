/** A cell of a confusion. */
interface Cell {
  of: number;
  takenFor: number;
}

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * Where an arrow key leads in a matrix; it stays at its edges.
 * @param classes rows and columns
 * @returns null where the key has another use
 */
export function cellByKey(
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
  { of, takenFor }: Cell,
  classes: number,
): Cell | null {
  const move = moves[key];
  if (!move || ctrlKey || metaKey || altKey) return null;
  return cellWithin({ of: of + move[0], takenFor: takenFor + move[1] }, classes);
}

/** The cell itself, or the nearest that there is. */
export function cellWithin({ of, takenFor }: Cell, classes: number): Cell {
  const within = (at: number): number => Math.max(0, Math.min(at, classes - 1));
  return { of: within(of), takenFor: within(takenFor) };
}
