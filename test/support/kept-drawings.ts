import { OwnDrawings } from '../../main/own-drawings.ts';
import { usualAppearance, type Appearance } from '../../shared/appearance.ts';
import type { DrawingId } from '../../shared/own-drawings.ts';
import { memoryPreferences } from './memory-preferences.ts';

/** As large as MNIST's. */
export const DRAWN_SIDE = 28;
interface Form {
  /** Pixels. */
  side?: number;
  channels?: 1 | 3;
}

/** A picture, another for each ink, as many pixels to a side as MNIST's unless said otherwise. */
export const drawnPixels = (
  ink: number,
  { side = DRAWN_SIDE, channels = 1 }: Form = {},
): Uint8Array =>
  Uint8Array.from({ length: side * side * channels }, (_, k) => (k * (ink + 1)) % 256);

const strokes = [[{ x: 1, y: 2, width: 24 }]];

/**
 * Keeps drawings in a folder as the app does.
 * @returns keeps one in its class's folder
 */
export function keepIn(root: string) {
  const own = new OwnDrawings(memoryPreferences(), {
    folderToKeepIn: () => Promise.resolve(root),
    folderToCopyTo: () => Promise.resolve(null),
    reveal: () => Promise.resolve(),
  });
  return async (
    folder: string,
    pixels: Uint8Array,
    { side = DRAWN_SIDE, channels = 1, ...looks }: Partial<Appearance> & Form = {},
  ): Promise<DrawingId> => {
    const answer = await own.carryOut({
      ...{ type: 'keep', folder, image: { height: side, width: side, channels, pixels } },
      // Nobody draws in colour.
      drawn: channels === 1 ? { appearance: { ...usualAppearance, ...looks }, strokes } : null,
    });
    if (!answer?.drawing) throw new Error('not kept');
    return answer.drawing;
  };
}
