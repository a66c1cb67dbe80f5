import type { Rectangle } from 'electron';

export const LEAST = { width: 900, height: 640 };
const USUAL = { width: 1280, height: 860 };
/** Size of the part of the window that must be on a screen so that a person can grab it. */
const GRIP = { width: 120, height: 40 };

/** Of screens, so that a laptop has one place at a desk and another on the way. */
export const arrangementOf = (areas: readonly Rectangle[]): string =>
  areas.map(({ x, y, width, height }) => `${x},${y},${width}×${height}`).join(' ');

const MOST_ARRANGEMENTS = 8;

/** Notes a place for an arrangement; of too many the one that was used longest ago is forgotten. */
export function notePlace<Place>(
  places: Readonly<Record<string, Place>>,
  arrangement: string,
  place: Place,
): Record<string, Place> {
  const others = Object.entries(places).filter(([name]) => name !== arrangement);
  return Object.fromEntries([...others.slice(1 - MOST_ARRANGEMENTS), [arrangement, place]]);
}

/**
 * Where the window goes: its last place if a screen still shows its upper edge, else the middle of the first screen.
 * @param areas the screens' work areas, the main one first
 */
export function placeWindow(
  saved: Rectangle | null,
  areas: readonly Rectangle[],
): Partial<Rectangle> & Pick<Rectangle, 'width' | 'height'> {
  const area = saved && areas.find((candidate) => isReachable(saved, candidate));
  if (!saved || !area) {
    const [first] = areas;
    return {
      width: Math.min(USUAL.width, first?.width ?? USUAL.width),
      height: Math.min(USUAL.height, first?.height ?? USUAL.height),
    };
  }
  return {
    x: saved.x,
    y: saved.y,
    width: Math.max(LEAST.width, Math.min(saved.width, area.width)),
    height: Math.max(LEAST.height, Math.min(saved.height, area.height)),
  };
}

function isReachable(window: Rectangle, area: Rectangle): boolean {
  const right = Math.min(window.x + window.width, area.x + area.width);
  const across = right - Math.max(window.x, area.x);
  const below = area.y + area.height - window.y;
  return across >= GRIP.width && below >= GRIP.height && window.y >= area.y;
}
