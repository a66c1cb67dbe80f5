import type { PartName } from '../../../shared/dataset-parts.ts';
import { FailureError } from '../../../shared/ipc.ts';
import type { Examples } from './examples.ts';
import type { RawDataset } from './raw-dataset.ts';
import type { ImageLayout } from './reading.ts';

/** One part as it was read, and where. */
export interface ReadPart extends Examples, ImageLayout {
  part: PartName;
  /** Of its images, for errors. */
  where: string;
}

export const formText = ({ height, width, channels }: ImageLayout): string =>
  `${height}×${width}${channels === 3 ? ' in colour' : ''}`;

/**
 * The parts of a dataset, whose images are of one form.
 * @param parts the training images first
 * @throws FailureError where one part's images are of another form than the training images
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
