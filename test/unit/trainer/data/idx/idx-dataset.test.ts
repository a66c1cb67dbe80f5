import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readIdxDataset } from '../../../../../main/trainer/data/idx/idx-dataset.ts';
import { turnImages } from '../../../../../main/trainer/data/turned-images.ts';
import { removeTemporaryFolders, temporaryFolder } from '../../../../support/folders.ts';
import { four, idx, write } from './idx-files.ts';

afterAll(removeTemporaryFolders);

const COUNT = 2;
const PIXELS = Uint8Array.from({ length: COUNT * 4 * 5 * 3 }, (_, k) => k);
const labels = idx([COUNT], [0, 1]);
const folderOf = (images: Buffer, labelFile = labels, more: Record<string, Buffer> = {}): string =>
  write(temporaryFolder(), { ...four([images, labelFile], [images, labelFile]), ...more });

/** The same pixels, a channel after another. */
const planes = Uint8Array.from(PIXELS, (_, k) => {
  const [n, within] = [Math.floor(k / 60), k % 60];
  return PIXELS[n * 60 + (within % 20) * 3 + Math.floor(within / 20)]!;
});

describe('colour', () => {
  it('is read with its channels last, as it lies', async () => {
    const data = await readIdxDataset(folderOf(idx([COUNT, 4, 5, 3], PIXELS)));
    expect(data).toMatchObject({ height: 4, width: 5, channels: 3, classNames: ['0', '1'] });
    expect(data.train.images).toEqual(Buffer.from(PIXELS));
    expect(data.validation).toBeNull();
  });

  it('is read with its channels first, brought to the same', async () => {
    const data = await readIdxDataset(folderOf(idx([COUNT, 3, 4, 5], planes)));
    expect(data).toMatchObject({ height: 4, width: 5, channels: 3 });
    expect(Buffer.compare(data.train.images, PIXELS)).toBe(0);
  });

  it('is transposed and inverted by pixels, its channels where they were', async () => {
    const place = folderOf(idx([COUNT, 4, 5, 3], PIXELS));
    const reading = { transpose: true, invert: true };
    const { height, width, test } = turnImages(await readIdxDataset(place), reading);
    expect([height, width]).toEqual([5, 4]);
    const turned = Uint8Array.from(PIXELS, (_, k) => {
      const [n, pixel, channel] = [Math.floor(k / 60), Math.floor(k / 3) % 20, k % 3];
      const [y, x] = [Math.floor(pixel / 4), pixel % 4];
      return 255 - PIXELS[n * 60 + (x * 5 + y) * 3 + channel]!;
    });
    expect(Buffer.compare(test!.images, turned)).toBe(0);
  });

  it('beside grey is refused', async () => {
    const grey = idx([COUNT, 4, 5], PIXELS.subarray(0, 40));
    const place = folderOf(idx([COUNT, 4, 5, 3], PIXELS));
    write(place, { 't10k-images-idx3-ubyte': grey });
    await expect(readIdxDataset(place)).rejects.toThrow(
      /Training images are 4×5 in colour, test images 4×5\./,
    );
  });
});

describe('names beside the files', () => {
  const images = idx([COUNT, 2, 2], new Uint8Array(8));
  const namesOf = async (more: Record<string, Buffer>): Promise<string[]> =>
    (await readIdxDataset(folderOf(images, labels, more))).classNames;

  it.each([
    ['mapping.txt', '0 97\n1 98\n'],
    ['classes.txt', 'a\nb\n'],
    ['labels.txt', 'a\r\nb'],
    ['Classes.TXT', 'a\nb\n'],
  ])('in %s are the classes’', async (name, text) => {
    expect(await namesOf({ [name]: Buffer.from(text) })).toEqual(['a', 'b']);
  });

  it('are those of the dataset’s own mapping, where EMNIST’s six lie in a folder', async () => {
    const mapping = (first: number): Buffer => Buffer.from(`0 ${first}\n1 ${first + 1}\n`);
    const own = Object.entries(four([images, labels], [images, labels])).map(([name, bytes]) => [
      `emnist-balanced-${name.replace('t10k', 'test')}`,
      bytes,
    ]);
    const place = write(temporaryFolder(), {
      ...(Object.fromEntries(own) as Record<string, Buffer>),
      'emnist-balanced-mapping.txt': mapping(97),
      'emnist-digits-mapping.txt': mapping(48),
      'mapping.txt': mapping(65),
    });
    const { classNames } = await readIdxDataset(join(place, 'emnist-balanced'));
    expect(classNames).toEqual(['a', 'b']);
  });

  it.each([
    ['mapping.txt', Buffer.from('0 97\n7 98\n'), /left out: it does not give each label/],
    ['classes.txt', Buffer.of(0x61, 10, 0xff, 10), /left out/],
    ['labels.txt', Buffer.alloc(1_000_001, 'a\n'), /left out: it has 1000001 bytes/],
    ['labels.txt', Buffer.from('a\n'), /The 1 names of classes do not fit the labels/],
  ])(
    'in %s that will not do are told, and the classes are called by numbers',
    async (name, bytes, what) => {
      const data = await readIdxDataset(folderOf(images, labels, { [name]: bytes }));
      expect(data.classNames).toEqual(['0', '1']);
      expect(data.findings.map((finding) => finding.what).join()).toMatch(what);
    },
  );
});
