import type { Images } from '../../../../shared/appearance.ts';
import { FailureError, type Failure } from '../../../../shared/ipc.ts';
import { firstFew } from '../../../../shared/format.ts';
import { printable } from '../../../../shared/shown.ts';
import type { CheckpointRecord } from '../../checkpoint/record.ts';
import type { DataSettings } from '../../data/data-settings.ts';
import type { Dataset } from '../../data/dataset.ts';
import { mixedHash } from '../../data/training-data.ts';

/** Which data a checkpoint's network is asked about, and whether it can be. */

const MOST_NAMES = 5;
const namesText = (names: readonly string[]): string => firstFew(names.map(printable), MOST_NAMES);

/**
 * How the data are read: as the run reads its own; pictures of another place are brought to the network's size. The run's own are examined
 * without those that it left out of training; chosen by their name, all of them, so that they can be looked at again.
 * @param dataset a set's name or place; null: the run's own
 */
export function examinedSettings(
  { config, image }: Pick<CheckpointRecord, 'config' | 'image'>,
  dataset: string | null,
): DataSettings {
  if (dataset === null) return config.data;
  if (dataset === config.data.dataset)
    return config.data.leftOut === null ? config.data : { ...config.data, leftOut: null };
  return {
    ...config.data,
    dataset,
    imageSize: [image.height, image.width],
    channels: image.channels === 1 ? 1 : 3,
    leftOut: null,
  };
}

/**
 * Refuses data of which the network cannot be asked.
 * @param where the data are
 * @throws FailureError where the images or the number of classes are others
 */
export function checkTakes(images: Images, data: Dataset, where: string): void {
  const { height, width, channels, classNames } = images;
  if (data.height !== height || data.width !== width || data.channels !== channels)
    throw new FailureError({
      what: `The network takes images of ${height}×${width}×${channels}; these are ${data.height}×${data.width}×${data.channels}.`,
      where,
      remedy: 'Choose images of that size, or train a network on these.',
    });
  if (data.classNames.length === classNames.length) return;
  throw new FailureError({
    what: `The network knows ${classNames.length} classes (${namesText(classNames)}); the data have ${data.classNames.length} (${namesText(data.classNames)}).`,
    where,
    remedy: 'Choose data of as many classes, in the same order.',
  });
}

/**
 * What must be known of the answers. The drawings of one's own that a run learned from are examined apart from its training images.
 * @param isOwn the data are said to be those that the run learned from
 * @param where the data are
 */
export function dataFindings(
  { config, datasetHash }: Pick<CheckpointRecord, 'config' | 'datasetHash'>,
  images: Images,
  data: Dataset,
  isOwn: boolean,
  where: string,
): Failure[] {
  if (isOwn && mixedHash(data.hash, config.data.ownDrawings) !== datasetHash)
    return [
      {
        what: 'The data have changed since this checkpoint was saved: what it got right then may be another number.',
        where,
        remedy: 'Nothing need be done where you changed them yourself.',
      },
    ];
  const other = data.classNames.find((name, label) => name !== images.classNames[label]);
  if (other === undefined) return [];
  return [
    {
      what: `The classes have other names here (${namesText(data.classNames)}) than the network’s (${namesText(images.classNames)}): they are taken in their order.`,
      where,
      remedy: 'Nothing need be done where the order is the same.',
    },
  ];
}
