import { join } from 'node:path';
import { CURVE_POINTS } from '../../../shared/run-summary.ts';
import { readUpTo, withFile, type OpenFile } from '../files/bounded-file.ts';
import { METRICS } from './history.ts';

/** A look at a file of curves that takes the same short time however long it is. */

/** Bytes: a file up to this is read whole. */
const WHOLE = 2 ** 20;
/** Of a longer one, so many pieces of so many bytes, evenly spread, its end among them. */
const PIECES = 128;
const PIECE = 4096;

export interface SampledPoint {
  step: number;
  loss: number;
}

const STEP_LINE = /^\{"type":"step".*?"step":(\d+),.*?"loss":(-?[\d.]+(?:e[+-]?\d+)?)/;

/**
 * Some points of the training loss on the way to the newest step, in their order; none where there are no curves of this app.
 * A line counts where its step is lower than all that were written after it: what was trained again, and what another branch did
 * after it was left, is not on that way.
 */
export async function sampleLosses(folder: string): Promise<SampledPoint[]> {
  const texts = await withFile(join(folder, METRICS), readPieces).catch(() => []);
  const points: SampledPoint[] = [];
  for (const line of texts.flatMap((text) => text.split('\n')).reverse()) {
    const [, step, loss] = STEP_LINE.exec(line) ?? [];
    const point = { step: Number(step), loss: Number(loss) };
    const last = points.at(-1);
    if (step !== undefined && (!last || point.step < last.step)) points.push(point);
  }
  return thinEvenly(points.reverse());
}

/** Whole lines of it; those that a piece begins or ends in are left out. */
async function readPieces(file: OpenFile): Promise<string[]> {
  if (file.size <= WHOLE) return [(await readUpTo(file, file.size)).toString('utf8')];
  const texts: string[] = [];
  for (let k = 0; k < PIECES; k++) {
    const at = Math.floor(((file.size - PIECE) * k) / (PIECES - 1));
    const text = (await readUpTo(file, PIECE, at)).toString('utf8');
    texts.push(text.slice(k === 0 ? 0 : text.indexOf('\n') + 1, text.lastIndexOf('\n') + 1));
  }
  return texts;
}

/** Every so many of them, the last among them. */
function thinEvenly(points: readonly SampledPoint[]): SampledPoint[] {
  const stride = Math.ceil(points.length / CURVE_POINTS);
  return points.filter((_, k) => (points.length - 1 - k) % stride === 0);
}
