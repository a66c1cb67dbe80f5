import type { FilmFrame } from '../../shared/film.ts';

/** A film's frames by their steps, in order. */
type Frames = readonly Pick<FilmFrame, 'step'>[];

/** Number of the last frame at a step or before it; the first where all are later. */
export function frameAt(frames: Frames, step: number): number {
  let [low, high] = [0, frames.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((frames[middle]?.step ?? Infinity) <= step) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** Number of the frame whose step is nearest. */
export function nearestFrame(frames: Frames, step: number): number {
  const before = frameAt(frames, step);
  const stepOf = (k: number): number => frames[k]?.step ?? Infinity;
  return Math.abs(stepOf(before + 1) - step) < Math.abs(step - stepOf(before))
    ? before + 1
    : before;
}

/**
 * Frames for a picture that moves, evenly by steps from the first to the last.
 * @returns their numbers, each once
 */
export function evenFrames(frames: Frames, most: number): number[] {
  const [first, last] = [frames[0]?.step ?? 0, frames.at(-1)?.step ?? 0];
  const at = Array.from({ length: most }, (_, k) =>
    frameAt(frames, first + ((last - first) * k) / Math.max(1, most - 1)),
  );
  return frames.length === 0 ? [] : [...new Set(at)];
}
