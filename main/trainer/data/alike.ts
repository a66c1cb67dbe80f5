import type { Dataset } from './dataset.ts';
import type { Examples } from './examples.ts';
import { everyNth } from './image-statistics.ts';
import { imageBytes } from './raw-dataset.ts';

/** Finds test images that look like a training image: a copy, or the same picture slightly changed. */

/** A picture's difference hash (Krawetz 2013) says, for each of 8×8 places, whether it is brighter than the place to its right. */
const ROWS = 8;
const COLUMNS = 9;
/** Most rows and columns of a large picture that are read for its hash. */
const MOST_ROWS = 64;
/** Two pictures with one hash are alike up to this mean difference of brightness, of 255. */
const ALIKE = 4;
/** Most images of each part that are examined: a second's work. */
const MOST_LOOKED_AT = 20_000;
/** Most pictures of one hash that are compared one by one: thousands of plain pictures may share one. */
const MOST_OF_A_HASH = 20;

export interface AlikePair {
  /** Numbers in the test part and in the training part. */
  test: number;
  train: number;
  /** Mean difference of brightness, 0 to 255; 0: every pixel is the same. */
  difference: number;
}

/**
 * Finds the pairs that are most alike, the most alike first, with at most one pair for each test image. Other tasks get a turn meanwhile.
 * @throws the signal's reason if it is aborted
 */
export async function alikePairs(
  data: Dataset,
  most: number,
  signal: AbortSignal,
): Promise<AlikePair[]> {
  const { train, test } = data;
  const size = imageBytes(data);
  const byHash = new Map<bigint, number[]>();
  await eachSome(train, signal, (n) => {
    const hash = differenceHash(imageAt(train, n, size), data);
    if (hash === null) return;
    const alike = byHash.get(hash);
    if (!alike) byHash.set(hash, [n]);
    else if (alike.length < MOST_OF_A_HASH) alike.push(n);
  });
  const pairs: AlikePair[] = [];
  await eachSome(test, signal, (n) => {
    const image = imageAt(test, n, size);
    const hash = differenceHash(image, data);
    let best: AlikePair | null = null;
    for (const other of hash === null ? [] : (byHash.get(hash) ?? [])) {
      const difference = meanDifference(image, imageAt(train, other, size));
      if (difference <= ALIKE && difference < (best?.difference ?? Infinity))
        best = { test: n, train: other, difference };
    }
    if (best) pairs.push(best);
  });
  return pairs.sort((a, b) => a.difference - b.difference).slice(0, most);
}

/** Milliseconds after which other tasks get a turn. */
const TURN = 20;

async function eachSome(
  { count }: Examples,
  signal: AbortSignal,
  look: (n: number) => void,
): Promise<void> {
  const step = everyNth(count, MOST_LOOKED_AT);
  let since = performance.now();
  for (let n = 0; n < count; n += step) {
    look(n);
    if (performance.now() - since < TURN) continue;
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    since = performance.now();
  }
}

const imageAt = ({ images }: Examples, n: number, size: number): Uint8Array =>
  images.subarray(n * size, (n + 1) * size);

/** Null if the picture has one brightness all over, as such pictures say nothing. */
function differenceHash(
  image: Uint8Array,
  { height, width, channels }: Pick<Dataset, 'height' | 'width' | 'channels'>,
): bigint | null {
  const sums = new Float64Array(ROWS * COLUMNS);
  const counts = new Float64Array(ROWS * COLUMNS);
  const [down, right] = [everyNth(height, MOST_ROWS), everyNth(width, MOST_ROWS)];
  for (let y = 0; y < height; y += down)
    for (let x = 0; x < width; x += right) {
      const place = Math.floor((y * ROWS) / height) * COLUMNS + Math.floor((x * COLUMNS) / width);
      for (let c = 0; c < channels; c++)
        sums[place] = (sums[place] ?? 0) + (image[(y * width + x) * channels + c] ?? 0);
      counts[place] = (counts[place] ?? 0) + channels;
    }
  const means = sums.map((sum, place) => sum / (counts[place] ?? 1));
  if (means.every((mean) => mean === means[0])) return null;
  let hash = 0n;
  for (let row = 0; row < ROWS; row++)
    for (let column = 0; column + 1 < COLUMNS; column++) {
      const place = row * COLUMNS + column;
      hash = (hash << 1n) | ((means[place] ?? 0) > (means[place + 1] ?? 0) ? 1n : 0n);
    }
  return hash;
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += Math.abs((a[k] ?? 0) - (b[k] ?? 0));
  return sum / a.length;
}
