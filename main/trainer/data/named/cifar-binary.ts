import { basename } from 'node:path/posix';
import { FailureError } from '../../../../shared/ipc.ts';
import { printable } from '../../../../shared/shown.ts';
import type { Examples } from '../examples.ts';
import type { RawDataset } from '../raw-dataset.ts';
import type { Tree, TreeFile } from '../tree/tree.ts';
import { objectNames } from './class-names-of-sets.ts';

/**
 * Reads CIFAR-10's binary version (described on its maker's page): five files of training images and one of test images. They consist of
 * records: one byte for the label, then the image's red, green and blue plane, each row by row.
 */

const SIDE = 32;
const PLANE = SIDE * SIDE;
const CHANNELS = 3;
const IMAGE = PLANE * CHANNELS;
const RECORD = 1 + IMAGE;
/** Each file holds 10,000 records; one with more is something else. */
const MOST_RECORDS = 10_000;

const TRAIN = [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`);
const TEST = 'test_batch.bin';
const ALL = [...TRAIN, TEST];

const batchesOf = ({ files }: Tree): TreeFile[] =>
  files.filter(({ path }) => ALL.includes(basename(path)));

/** Whether there is any of these files. */
export const holdsCifarBatches = (tree: Tree): boolean => batchesOf(tree).length > 0;

/** Where the records of a file are stored. */
interface Slot {
  into: Examples;
  /** Number of the first record's example there. */
  first: number;
  count: number;
}

/**
 * Reads the images of the six files, wherever below the tree's place they lie.
 * @throws FailureError that names a file that is missing, damaged or there twice
 */
export async function readCifarBinary(tree: Tree): Promise<RawDataset> {
  const files = ALL.map((name) => findBatch(tree, name));
  const train = emptyExamples(files.slice(0, -1));
  const test = emptyExamples(files.slice(-1));
  const slots = new Map<string, Slot>();
  let first = 0;
  for (const file of files) {
    const count = file.bytes / RECORD;
    const isTest = basename(file.path) === TEST;
    slots.set(file.path, { into: isTest ? test : train, first: isTest ? 0 : first, count });
    first += count;
  }
  for await (const content of tree.read(files, MOST_RECORDS * RECORD)) {
    const { path } = content.file;
    if ('damage' in content) throw wrongBatch(tree, path, `it ${content.damage}`);
    const slot = slots.get(path);
    if (slot) takeRecords(content.bytes, slot, (what) => wrongBatch(tree, path, what));
  }
  return {
    ...{ height: SIDE, width: SIDE, channels: CHANNELS },
    classNames: [...objectNames],
    ...{ train, validation: null, test, validationFrom: 'each-class' },
    findings: [],
  };
}

/** @throws FailureError if there is not exactly one such file, or it does not consist of whole records */
function findBatch(tree: Tree, name: string): TreeFile {
  const [file, other] = batchesOf(tree).filter(({ path }) => basename(path) === name);
  if (!file) throw wrongBatch(tree, name, 'it is not there');
  if (other) throw wrongBatch(tree, name, `it is there twice: ${file.path} and ${other.path}`);
  if (file.bytes === 0 || file.bytes % RECORD !== 0 || file.bytes > MOST_RECORDS * RECORD)
    throw wrongBatch(
      tree,
      file.path,
      `it has ${file.bytes} bytes, which are not 1 to ${MOST_RECORDS} records of ${RECORD}`,
    );
  return file;
}

function emptyExamples(files: readonly TreeFile[]): Examples {
  const count = files.reduce((sum, { bytes }) => sum + bytes / RECORD, 0);
  return { images: new Uint8Array(count * IMAGE), labels: new Uint8Array(count), count };
}

function takeRecords(
  bytes: Uint8Array,
  { into: { images, labels }, first, count }: Slot,
  wrong: (what: string) => FailureError,
): void {
  for (let k = 0; k < count; k++) {
    const record = bytes.subarray(k * RECORD, (k + 1) * RECORD);
    const label = record[0] ?? 0;
    if (label >= objectNames.length)
      throw wrong(
        `label number ${k} is ${label}, but the classes are 0 to ${objectNames.length - 1}`,
      );
    labels[first + k] = label;
    const image = images.subarray((first + k) * IMAGE, (first + k + 1) * IMAGE);
    for (let pixel = 0; pixel < PLANE; pixel++)
      for (let channel = 0; channel < CHANNELS; channel++)
        image[pixel * CHANNELS + channel] = record[1 + channel * PLANE + pixel] ?? 0;
  }
}

const wrongBatch = ({ place }: Tree, path: string, what: string): FailureError =>
  new FailureError({
    what: `CIFAR-10’s ${printable(path)} cannot be read: ${printable(what)}.`,
    where: place,
    remedy:
      'Use CIFAR-10’s binary version, undamaged: data_batch_1.bin to data_batch_5.bin and test_batch.bin, or cifar-10-binary.tar.gz, which has them.',
  });
