import type { PartName } from '../../../shared/dataset-parts.ts';
import { FailureError } from '../../../shared/ipc.ts';
import type { Examples } from './examples.ts';
import type { RawDataset } from './raw-dataset.ts';
import type { ImageLayout } from './reading.ts';

/** One part as it was read, with its place. */
export interface ReadPart extends Examples, ImageLayout {
  part: PartName;
  /** The place of its images, for errors. */
  where: string;
}

export const formText = ({ height, width, channels }: ImageLayout): string =>
  `${height}×${width}${channels === 3 ? ' in colour' : ''}`;

/**
 * Joins the parts of a dataset, whose images must have the same size and channels.
 * @param parts the training images first
 * @throws FailureError if a part's images differ in this from the training images
 */
export function partsOfOneForm(
  parts: readonly [ReadPart, ...ReadPart[]],
): Pick<RawDataset, 'height' | 'width' | 'channels' | PartName> {
  const [train] = parts;
  for (const other of parts)
    if (formText(other) !== formText(train))
      throw new FailureError({
        what: `The images for ${other.part} are ${formText(other)}, but those for training are ${formText(train)}.`,
        where: other.where,
        remedy: 'Use parts of one dataset.',
      });
  const examplesOf = (name: PartName): Examples | null => {
    const found = parts.find(({ part }) => part === name);
    return found ? { images: found.images, labels: found.labels, count: found.count } : null;
  };
  const { height, width, channels, images, labels, count } = train;
  return {
    height,
    width,
    channels,
    train: { images, labels, count },
    validation: examplesOf('validation'),
    test: examplesOf('test'),
  };
}
