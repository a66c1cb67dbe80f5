import { expect, test } from 'vitest';
import { writeMadeImages } from '../../bench/cifar-data.ts';
import { readIdxDataset } from '../../../main/trainer/data/idx/idx-dataset.ts';
import { temporaryFolder } from '../../support/folders.ts';

test('made images have the shape of CIFAR-10, every class, and are the same each time', async () => {
  const [folder, again] = [temporaryFolder(), temporaryFolder()];
  writeMadeImages(folder);
  writeMadeImages(again);
  const read = await readIdxDataset(folder);
  expect([read.height, read.width, read.channels]).toEqual([32, 32, 3]);
  expect(read.classNames).toHaveLength(10);
  // Bytes of all values, about equally often.
  const mean = read.train.images.reduce((sum, byte) => sum + byte, 0) / read.train.images.length;
  expect(Math.abs(mean - 127.5)).toBeLessThan(0.5);
  const other = await readIdxDataset(again);
  expect(Buffer.compare(other.train.images, read.train.images)).toBe(0);
  expect(Buffer.compare(Buffer.from(other.test.labels), Buffer.from(read.test.labels))).toBe(0);
});
