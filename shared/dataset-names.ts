/** Named sets of images: `--dataset NAME` means the set, not a folder. */
export const datasetNames = [
  'mnist',
  'fashion-mnist',
  'kmnist',
  'emnist-balanced',
  'emnist-byclass',
  'emnist-bymerge',
  'emnist-digits',
  'emnist-letters',
  'emnist-mnist',
  'cifar-10',
] as const;
export type DatasetName = (typeof datasetNames)[number];

/** Whether the dataset setting is the name of a set, not a folder or file. */
export const isDatasetName = (dataset: string): dataset is DatasetName =>
  datasetNames.some((name) => name === dataset);
