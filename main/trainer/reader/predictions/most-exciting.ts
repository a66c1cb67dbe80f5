import type { PartName } from '../../../../shared/dataset-parts.ts';
import type { PredictionAnswerTo } from '../../../../shared/predictions.ts';
import { FailureError } from '../../../../shared/ipc.ts';
import { elementCount } from '../../../../shared/network-shape.ts';
import { hasUnit, unitAt } from '../../../../shared/unit-arithmetic.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { ReadingWatch } from '../../data/raw-dataset.ts';
import type { Session } from '../../tensorflow/session.ts';
import { pixelsOf } from '../example-pages.ts';

/** The most images that the network is shown: a channel's nine best are much the same ones in more. */
const MOST_SHOWN = 2_000;
const MOST_TOLD = 9;
/** Images at once, and the numbers of their outputs that may be held then. */
const MOST_AT_ONCE = 64;
const NUMBERS_AT_ONCE = 2_000_000;

type Found = PredictionAnswerTo<'most-exciting'>;

/**
 * Looks for the images that excite one channel most, evenly over a part.
 * @throws FailureError where the network has no such channel; the signal's reason where it is stopped
 */
export async function findMostExciting(
  session: Session,
  data: Dataset,
  part: PartName,
  { layer, channel }: { layer: number; channel: number },
  watch: ReadingWatch,
): Promise<Pick<Found, 'shown' | 'all' | 'images' | 'pixels'>> {
  const { layers } = session.graph.network;
  const output = layers[layer]?.output;
  if (!output || !hasUnit(output, { row: 0, column: 0, channel })) throw noSuchChannel();
  const { labels, count: all } = data[part];
  const shown = Math.min(all, MOST_SHOWN);
  const numbers = Array.from({ length: shown }, (_, k) => Math.floor((k * all) / shown));
  const size = elementCount(output);
  const everyLayer = layers.reduce((sum, each) => sum + elementCount(each.output), 0);
  const atOnce = Math.max(1, Math.min(MOST_AT_ONCE, Math.floor(NUMBERS_AT_ONCE / everyLayer)));
  let images: Found['images'] = [];
  for (let done = 0; done < shown; done += atOnce) {
    const asked = numbers.slice(done, done + atOnce);
    const pixels = pixelsOf(
      data,
      asked.map((number) => ({ part, number })),
    );
    const outputs = session.outputs.ofEachImage(pixels, layer);
    const greatest = asked.map((number, k) => {
      const own = outputs.subarray(k * size, (k + 1) * size);
      const at = greatestOf(own, channel, output.at(-1) ?? 1);
      const { row, column } = unitAt(output, at);
      return { number, label: labels[number] ?? 0, value: own[at] ?? 0, row, column };
    });
    images = [...images, ...greatest].toSorted((a, b) => b.value - a.value).slice(0, MOST_TOLD);
    watch.progress(Math.min(done + atOnce, shown), shown, 'images');
    await new Promise<void>((go) => setImmediate(go));
    watch.signal.throwIfAborted();
  }
  const pixels = pixelsOf(
    data,
    images.map(({ number }) => ({ part, number })),
  );
  return { shown, all, images, pixels };
}

/** Where a channel's greatest value stands. */
function greatestOf(values: Float32Array, channel: number, channels: number): number {
  let at = channel;
  for (let k = channel; k < values.length; k += channels)
    if ((values[k] ?? 0) > (values[at] ?? 0)) at = k;
  return at;
}

const noSuchChannel = (): FailureError =>
  new FailureError({
    what: 'This checkpoint’s network has no such channel.',
    where: 'channel',
    remedy: 'Choose a channel of its layers.',
  });
