import { FailureError, type Failure } from '../../../../shared/ipc.ts';
import type { Examples, Labels } from '../examples.ts';
import { imageAxesOf, type ImageAxes } from '../image-axes.ts';
import { MOST_BYTES, MOST_EXAMPLES } from '../limits.ts';
import { putChannelsLast, type ImageLayout } from '../reading.ts';
import { readNpy, type NpyFile } from './npy-array.ts';
import { arrayText, itemCount, type NpyHeader } from './npy-header.ts';
import type { NumberType } from './npy-types.ts';
import { PixelSink } from './pixel-sink.ts';

/** An array of images whose labels have been read. */
export interface ImageArray {
  where: string;
  file: NpyFile;
  labels: Labels;
  labelsWhere: string;
}

type ReadImages = Examples & ImageLayout & { where: string };

/** An array that is being read. */
interface OpenArray {
  axes: ImageAxes;
  sink: PixelSink;
}

/**
 * Reads the images of all parts, one array after another.
 * @throws FailureError that names the array, or says why it does not fit its labels
 */
export async function readImageArrays(
  arrays: readonly ImageArray[],
): Promise<{ images: ReadImages[]; findings: Failure[] }> {
  const read: OpenArray[] = [];
  let total = 0;
  for (const array of arrays) {
    const one = await readNpy(array.file, array.where, (header) => {
      const type = checkItems(header, array.where);
      const axes = checkAxes(header, array);
      total += itemCount(header);
      checkTotal(total, array.where);
      const sink = new PixelSink(header, type, array.where);
      return { axes, sink, take: sink.take.bind(sink) };
    });
    read.push(one);
  }
  // One part may happen to have no number above 1, although another shows that they go to 255.
  if (read.some(({ sink }) => sink.isFloat && !sink.areShares))
    for (const { sink } of read) if (sink.isFloat && sink.areShares) sink.takeAsBytes();
  return {
    images: read.map((one, k) => imagesOf(one, arrays[k])),
    findings: read.flatMap(({ sink }) => sink.finding() ?? []),
  };
}

function imagesOf({ axes, sink }: OpenArray, array: ImageArray | undefined): ReadImages {
  if (axes.areChannelsFirst) putChannelsLast(sink.pixels, axes);
  const { count, height, width, channels } = axes;
  const { labels = new Uint8Array(), where = '' } = array ?? {};
  return { images: sink.pixels, labels, where, count, height, width, channels };
}

function checkItems(header: NpyHeader, where: string): NumberType {
  if (header.item.number) return header.item.number;
  throw new FailureError({
    what: `The array holds ${arrayText(header)}, but images are numbers.`,
    where,
    remedy: 'Write the pixels as bytes from 0 to 255.',
  });
}

function checkAxes(header: NpyHeader, { where, labels, labelsWhere }: ImageArray): ImageAxes {
  const axes = imageAxesOf(header.shape);
  const refuse = (what: string, remedy: string, at = where): FailureError =>
    new FailureError({ what, where: at, remedy });
  if ('why' in axes) throw refuse(`The array holds ${arrayText(header)}, ${axes.why}`, axes.remedy);
  const { count, height, width } = axes;
  if (height === 0 || width === 0)
    throw refuse(
      `The images are ${height}×${width}: they have no pixel.`,
      'Use images with pixels.',
    );
  if (count === 0) throw refuse('The array holds no image.', 'Use arrays with images.');
  if (count !== labels.length)
    throw refuse(
      `${count} images, but ${labels.length} labels.`,
      'Use images and labels of one dataset.',
      labelsWhere,
    );
  return axes;
}

function checkTotal(total: number, where: string): void {
  if (total <= MOST_BYTES) return;
  throw new FailureError({
    what: `The images have ${total} numbers together; the most taken is ${MOST_BYTES}.`,
    where,
    remedy: `Use fewer examples, or smaller images: ${MOST_EXAMPLES} examples at most.`,
  });
}
