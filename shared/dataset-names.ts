/** Sets of images that have a name: `--dataset NAME` takes it, and no folder is looked for. */
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

/** Whether a dataset's setting is a name, not a folder or file. */
export const isDatasetName = (dataset: string): dataset is DatasetName =>
  datasetNames.some((name) => name === dataset);
