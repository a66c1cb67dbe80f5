import type { Point, Stroke } from '../../shared/strokes.ts';

/** Digits as a person's pen may draw them, each a little different: the drawings of the issue on small and thick ones. */

function arc(
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  from = -90,
  to = 270,
): [x: number, y: number][] {
  const steps = 40;
  return Array.from({ length: steps + 1 }, (_, k) => {
    const angle = ((from + ((to - from) * k) / steps) * Math.PI) / 180;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });
}

/** In a square of 1. */
const templates: [x: number, y: number][][][] = [
  [arc(0.5, 0.5, 0.32, 0.5)],
  [
    [
      [0.5, 0],
      [0.5, 1],
    ],
  ],
  [[...arc(0.5, 0.28, 0.34, 0.28, 180, 395), [0.15, 1], [0.85, 1]]],
  [[...arc(0.48, 0.26, 0.3, 0.26, 200, 440), ...arc(0.48, 0.74, 0.34, 0.26, -80, 160)]],
  [
    [
      [0.62, 0],
      [0.12, 0.62],
      [0.9, 0.62],
    ],
    [
      [0.68, 0.3],
      [0.68, 1],
    ],
  ],
  [[[0.82, 0], [0.25, 0], [0.2, 0.45], ...arc(0.46, 0.68, 0.34, 0.32, -120, 150)]],
  [[[0.7, 0], [0.35, 0.3], ...arc(0.5, 0.7, 0.3, 0.3, 180, 540)]],
  [
    [
      [0.12, 0],
      [0.85, 0],
      [0.4, 1],
    ],
  ],
  [[...arc(0.5, 0.25, 0.25, 0.25, 90, 450), ...arc(0.5, 0.75, 0.32, 0.25, -90, 270)]],
  [[...arc(0.5, 0.3, 0.29, 0.3, 0, 360), [0.79, 0.3], [0.72, 1]]],
];

/** Numbers from -1 to 1, the same ones for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/**
 * A digit in the pad's units, turned, slanted and shaken as `random` says.
 * @param size its height
 * @param centre where its middle is
 * @param random numbers from -1 to 1
 */
export function drawnDigit(
  digit: number,
  size: number,
  centre: Point,
  random: () => number,
): Stroke[] {
  const turn = random() * 0.12;
  const shear = random() * 0.2;
  const aspect = 0.68 + random() * 0.12;
  return templates[digit]!.map((stroke) =>
    stroke.map(([a, b]) => {
      const x = (a - 0.5) * aspect + random() * 0.012;
      const v = b - 0.5 + random() * 0.012;
      const u = x - shear * v;
      return {
        x: centre.x + size * (u * Math.cos(turn) - v * Math.sin(turn)),
        y: centre.y + size * (u * Math.sin(turn) + v * Math.cos(turn)),
      };
    }),
  );
}
