import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { loadDataset } from '../../../support/datasets.ts';
import { FailureError, type Failure } from '../../../../shared/ipc.ts';
import { four, idx, write } from './idx/idx-files.ts';

const home = mkdtempSync(join(tmpdir(), 'firstlayer-files-'));
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

const images = (count: number): Buffer => idx([count, 2, 2], new Uint8Array(count * 4).fill(200));
const labels = (count: number): Buffer => idx([count], new Uint8Array(count).fill(1, 1));
/** Each of the four has another number of images, so that it shows which were read. */
const files = four([images(3), labels(3)], [images(2), labels(2)]);
const others = four([images(5), labels(5)], [images(4), labels(4)]);

let made = 0;
const folder = (content: Record<string, Uint8Array>): string => {
  const path = join(home, String(made++));
  mkdirSync(path);
  return write(path, content);
};

const named = (
  content: Record<string, Uint8Array>,
  rename: (name: string) => string,
): Record<string, Uint8Array> =>
  Object.fromEntries(Object.entries(content).map(([name, bytes]) => [rename(name), bytes]));

async function counts(place: string): Promise<[number, number]> {
  const { train, test } = await loadDataset(place, 0);
  return [train.count, test.count];
}

async function refusal(place: string): Promise<Failure> {
  try {
    await loadDataset(place, 0);
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('it was taken');
}

const emnist = (split: string, content = files): Record<string, Uint8Array> => ({
  ...Object.fromEntries(
    Object.entries(
      named(content, (name) => `emnist-${split}-${name.replace('t10k', 'test')}.gz`),
    ).map(([name, bytes]) => [name, gzipSync(bytes)]),
  ),
  [`emnist-${split}-mapping.txt`]: Buffer.from('0 48\n1 49\n'),
});

describe('the four files are found', () => {
  it.each<[string, (name: string) => string]>([
    ['unpacked as usual', (name) => name.replace('-idx', '.idx')],
    ['in capitals', (name) => name.toUpperCase()],
    ['with test in place of t10k', (name) => name.replace('t10k', 'test')],
    ['in other words', (name) => name.replace('train', 'Training').replace('t10k', 'testing')],
    ['with underscores', (name) => name.replaceAll('-', '_')],
    ['shortly', (name) => name.replace(/-idx\d-ubyte/, '.idx')],
    ['with a name before', (name) => `kmnist-${name}`],
  ])('%s', async (_, rename) => {
    expect(await counts(folder(named(files, rename)))).toEqual([3, 2]);
  });

  it('under EMNIST’s names, beside a mapping', async () => {
    expect(await counts(folder(emnist('digits')))).toEqual([3, 2]);
    expect(await counts(folder(emnist('mnist')))).toEqual([3, 2]);
  });

  it('by MNIST’s own names, whatever lies beside them', async () => {
    const beside = {
      ...files,
      ...emnist('digits', others),
      '._train-images-idx3-ubyte': Buffer.of(1),
    };
    expect(await counts(folder({ ...beside, 'train-images.idx3-ubyte': images(9) }))).toEqual([
      3, 2,
    ]);
  });

  it('where a folder has the name of a file, as unpacking may leave it', async () => {
    const path = folder(named(files, (name) => name.replace('-idx', '.idx')));
    write(path, { 'train-images-idx3-ubyte/train-images-idx3-ubyte': images(3) });
    expect(await counts(path)).toEqual([3, 2]);
  });

  it('below the folder that is named, which is said', async () => {
    const path = folder(named(files, (name) => `MNIST/raw/${name}`));
    symlinkSync(path, join(path, 'circle'));
    symlinkSync('itself', join(path, 'itself'));
    const { train, findings } = await loadDataset(path, 0);
    expect(train.count).toBe(3);
    expect(findings[0]?.what).toContain('MNIST/raw');
    expect(findings[0]?.where).toBe(join(path, 'MNIST', 'raw'));
  });
});

describe('of several datasets', () => {
  it('one is named by how its files begin', async () => {
    const path = folder({ ...emnist('digits'), ...emnist('letters', others) });
    const { what, remedy } = await refusal(path);
    expect(what).toMatch(/several datasets: emnist-digits, emnist-letters\./);
    expect(remedy).toContain(join(path, 'emnist-digits'));
    expect(await counts(join(path, 'emnist-letters'))).toEqual([5, 4]);
    expect(await counts(join(path, 'EMNIST-digits'))).toEqual([3, 2]);
  });

  it('in folders below, all are listed', async () => {
    const path = folder({
      ...named(files, (name) => `MNIST/raw/${name}`),
      ...named(others, (name) => `FashionMNIST/raw/${name}`),
    });
    const { what } = await refusal(path);
    expect(what).toMatch(/several datasets: FashionMNIST.raw, MNIST.raw\./);
  });
});

describe('where they are not all there, it is told what lacks and what is there:', () => {
  it.each<[string, Record<string, Uint8Array>, RegExp]>([
    ['nothing', {}, /^There is no file in it\.$/],
    [
      'no test files',
      { 'train-images-idx3-ubyte': images(3), 'train-labels-idx1-ubyte': labels(3) },
      /no file t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte, plain or as \.gz; it holds train-im/,
    ],
    [
      'a half of EMNIST',
      named(emnist('letters'), (name) => name.replace('test-labels', 'none')),
      /no file emnist-letters-t10k-labels-idx1-ubyte.*emnist-letters-mapping\.txt/,
    ],
    [
      'other things',
      { 'notes.doc': images(1), 'na\u001bme': images(1), 'below/it.bin': images(1) },
      /^It holds nothing that is known as images to learn from: below\/it\.bin, na\\u\{1b\}me, notes\.doc\.$/,
    ],
  ])('%s', async (_, content, what) => {
    expect((await refusal(folder(content))).what).toMatch(what);
  });

  it('one of the four files in place of their folder', async () => {
    const { what, remedy } = await refusal(join(folder(files), 'train-images-idx3-ubyte'));
    expect(what).toMatch(/nothing that is known as images to learn from: train-images-idx3-ubyte/);
    expect(remedy).toMatch(/a folder of four IDX files/);
  });

  it('NumPy’s arrays', async () => {
    const arrays = named(files, (name) => name.replace(/-idx\d-ubyte/, '.npy'));
    const npy = Buffer.from('\x93NUMPY\x01\x00v\x00{', 'latin1');
    const path = folder(Object.fromEntries(Object.keys(arrays).map((name) => [name, npy])));
    expect((await refusal(path)).what).toMatch(/no IDX file.*as a NumPy array \(\.npy\) does/);
  });
});
