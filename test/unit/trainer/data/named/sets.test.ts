import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mnistFolder } from '../../../../../main/trainer/data/named/mnist.ts';
import { readNamedSet, readSet } from '../../../../../main/trainer/data/named/read-set.ts';
import { namedSets, type NamedSet } from '../../../../../main/trainer/data/named/set-list.ts';
import {
  describeSet,
  fetchNamedSet,
  folderOfSet,
  placeOfSet,
  whereSetIs,
} from '../../../../../main/trainer/data/named/sets.ts';
import { unwatched } from '../../../../../main/trainer/data/raw-dataset.ts';
import { datasetNames } from '../../../../../shared/dataset-names.ts';
import { FailureError } from '../../../../../shared/ipc.ts';
import { temporaryFolder } from '../../../../support/folders.ts';
import { giving, startHost, type LocalHost } from '../../../../support/local-host.ts';
import { zipOf } from '../../../../support/zip-writer.ts';
import { idx } from '../idx/idx-files.ts';

const fetched = datasetNames.filter((name) => name !== 'mnist');

let host: LocalHost | null = null;
beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', temporaryFolder());
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await host?.close();
  host = null;
});

const refusal = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'nothing is refused',
    (error: unknown) => (error instanceof FailureError ? error.failure.what : String(error)),
  );

/** A set whose maker's host is on this machine, and gives these files. */
async function standIn(set: NamedSet, files: Record<string, Buffer>): Promise<NamedSet> {
  host = await startHost((request, response) => {
    const bytes = files[(request.url ?? '').slice(1)];
    if (bytes) giving(bytes)(request, response);
    else response.writeHead(404).end();
  });
  const { url } = host;
  return {
    ...set,
    systemFolder: null,
    files: Object.entries(files).map(([name, bytes]) => ({
      name,
      url: `${url}/${name}`,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })),
  };
}

/** Images of 28×28 of which pixel 0 is the label, and a stroke goes along the upper edge; each class twice. */
function part(classes: number, first = 0, pixels?: (image: number) => Uint8Array) {
  const count = classes * 2;
  const labels = Array.from({ length: count }, (_, k) => first + (k % classes));
  const images = new Uint8Array(count * 784);
  labels.forEach((label, k) => {
    const image = images.subarray(k * 784, (k + 1) * 784);
    if (pixels) image.set(pixels(k));
    else image.fill(255, 1, 14).fill(label, 0, 1);
  });
  return {
    images: gzipSync(idx([count, 28, 28], images)),
    labels: gzipSync(idx([count], labels)),
  };
}

const fourFiles = (classes: number): Record<string, Buffer> => {
  const { images, labels } = part(classes);
  return {
    'train-images-idx3-ubyte.gz': images,
    'train-labels-idx1-ubyte.gz': labels,
    't10k-images-idx3-ubyte.gz': images,
    't10k-labels-idx1-ubyte.gz': labels,
  };
};

const transposed = (image: Uint8Array): Uint8Array =>
  Uint8Array.from(image, (_, k) => image[(k % 28) * 28 + Math.floor(k / 28)]!);

/** EMNIST's zip with one split, as NIST has it: transposed. */
function emnistZip(
  split: string,
  classes: number,
  first: number,
  pixels: (image: number) => Uint8Array,
): Buffer {
  const { images, labels } = part(classes, first, (k) => transposed(pixels(k)));
  const name = (rest: string): string => `gzip/emnist-${split}-${rest}-ubyte.gz`;
  return zipOf([
    { name: 'gzip/', bytes: Buffer.alloc(0), method: 0 },
    { name: `gzip/emnist-${split}-mapping.txt`, bytes: Buffer.from('0 48\n') },
    { name: name('train-images-idx3'), bytes: images },
    { name: name('train-labels-idx1'), bytes: labels },
    { name: name('test-images-idx3'), bytes: images, method: 0 },
    { name: name('test-labels-idx1'), bytes: labels },
  ]);
}

describe('the sets that have a name', () => {
  it('are known with what their makers publish of their files', () => {
    for (const name of fetched) {
      const { files, classNames, title } = namedSets[name];
      expect(new Set(classNames).size).toBe(classNames.length);
      expect(title).toContain(`${classNames.length} classes`);
      for (const { url, sha256, bytes } of files) {
        expect(sha256).toMatch(/^[0-9a-f]{64}$/);
        expect(Number.isInteger(bytes)).toBe(true);
        expect(url).toMatch(/^https?:\/\/[a-z0-9.-]+\/\S+$/);
      }
    }
    const counts = fetched.map((name) => namedSets[name].classNames.length);
    expect(counts).toEqual([10, 10, 47, 62, 47, 10, 26, 10, 10]);
  });

  it('are refused where they are not here, with who has them and how much that is', async () => {
    const what = await refusal(readSet('emnist-letters', unwatched));
    expect(what).toBe(
      'emnist-letters is not on this machine; npm run data -- fetch emnist-letters gets it from biometrics.nist.gov (562 MB).',
    );
    expect(describeSet('cifar-10')).toMatchObject({ isHere: false });
    expect(() => placeOfSet('kmnist')).toThrow(FailureError);
    expect(readdirSync(process.env.XDG_CACHE_HOME!)).toEqual([]);
  });

  it('have MNIST among them, which is always here', async () => {
    expect(describeSet('mnist').isHere).toBe(true);
    const raw = await readSet('mnist', unwatched);
    expect(raw.place).toBe(mnistFolder());
    expect(raw.classNames).toEqual(Array.from('0123456789'));
  });
});

describe('a set of four IDX files', () => {
  it('is fetched, told bytes of all files, and read with its classes’ names', async () => {
    const files = fourFiles(10);
    const set = await standIn(namedSets.kmnist, files);
    expect(whereSetIs(set)).toBeNull();
    const told: number[] = [];
    const total = Object.values(files).reduce((sum, { length }) => sum + length, 0);
    await fetchNamedSet(set, {
      ...unwatched,
      progress: (done, of) => {
        expect(of).toBe(total);
        told.push(done);
      },
    });
    expect(told.at(-1)).toBe(total);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    const place = whereSetIs(set);
    expect(place).toBe(folderOfSet(set));
    const raw = await readNamedSet(set, place!, unwatched);
    expect(raw.classNames).toEqual(['お', 'き', 'す', 'つ', 'な', 'は', 'ま', 'や', 'れ', 'を']);
    expect([...raw.train.images.subarray(3 * 784, 3 * 784 + 3)]).toEqual([3, 255, 255]);
    await fetchNamedSet(set, unwatched);
    expect(host!.asked).toHaveLength(4);
  });

  it('is taken from where the system’s package puts it, and not fetched', async () => {
    const set = await standIn(namedSets['fashion-mnist'], fourFiles(10));
    const systemFolder = temporaryFolder();
    for (const [name, bytes] of Object.entries(fourFiles(10)))
      writeFileSync(join(systemFolder, name), bytes);
    const packaged = { ...set, systemFolder };
    await fetchNamedSet(packaged, unwatched);
    expect(host!.asked).toEqual([]);
    expect(whereSetIs(packaged)).toBe(systemFolder);
    const raw = await readNamedSet(packaged, systemFolder, unwatched);
    expect(raw.classNames[9]).toBe('Ankle boot');
    rmSync(join(systemFolder, 't10k-labels-idx1-ubyte.gz'));
    expect(whereSetIs(packaged)).toBeNull();
  });

  it('is not here where a file is of another length, and refused where it has other classes', async () => {
    const set = await standIn(namedSets.kmnist, fourFiles(7));
    const folder = folderOfSet(set);
    await fetchNamedSet(set, unwatched);
    expect(await refusal(readNamedSet(set, folder, unwatched))).toContain('have 7 classes');
    writeFileSync(join(folder, 'train-labels-idx1-ubyte.gz'), 'short');
    expect(whereSetIs(set)).toBeNull();
    expect(await refusal(fetchNamedSet(set, unwatched))).toContain(
      'not the file that was published',
    );
  });
});

describe('EMNIST', () => {
  it('is unpacked once and read upright: MNIST’s own digits come out as they are', async () => {
    const mnist = await readSet('mnist', unwatched);
    const digit = (k: number): Uint8Array => mnist.train.images.slice(k * 784, (k + 1) * 784);
    const set = await standIn(namedSets['emnist-digits'], {
      'gzip.zip': emnistZip('digits', 10, 0, digit),
    });
    await fetchNamedSet(set, unwatched);
    const place = whereSetIs(set)!;
    expect(place).toBe(join(folderOfSet(set), 'emnist-digits'));
    const raw = await readNamedSet(set, place, unwatched);
    expect(raw.classNames).toEqual(Array.from('0123456789'));
    expect(raw.train.count).toBe(20);
    expect(Buffer.from(raw.train.images).equals(mnist.train.images.subarray(0, 20 * 784))).toBe(
      true,
    );
    rmSync(join(folderOfSet(set), 'gzip.zip'));
    await fetchNamedSet(set, unwatched);
    expect(host!.asked).toHaveLength(1);
  });

  it('has letters counted from 1, each of both cases, and is unpacked when it is read', async () => {
    const pixels = (k: number): Uint8Array => new Uint8Array(784).fill(k, 0, 28);
    const set = await standIn(namedSets['emnist-letters'], {
      'gzip.zip': emnistZip('letters', 26, 1, pixels),
    });
    const folder = folderOfSet(set);
    await fetchNamedSet(set, unwatched);
    for (const name of readdirSync(folder)) if (name !== 'gzip.zip') rmSync(join(folder, name));
    const place = whereSetIs(set)!;
    expect(place).toBe(join(folder, 'gzip.zip'));
    const raw = await readNamedSet(set, place, unwatched);
    expect(raw.classNames.slice(0, 2)).toEqual(['Aa', 'Bb']);
    expect([...raw.train.labels.subarray(0, 26)]).toEqual(Array.from({ length: 26 }, (_, k) => k));
    expect([...raw.train.images.subarray(5 * 784, 5 * 784 + 28)]).toEqual(Array(28).fill(5));
    expect(raw.findings).toEqual([]);
    expect(existsSync(join(folder, 'emnist-letters-train-images-idx3-ubyte.gz'))).toBe(true);
  });

  it('is refused where its zip is another or damaged, and nothing is left of it', async () => {
    const pixels = (k: number): Uint8Array => new Uint8Array(784).fill(k);
    const zip = emnistZip('digits', 10, 0, pixels);
    const set = await standIn(namedSets['emnist-letters'], { 'gzip.zip': zip });
    expect(await refusal(fetchNamedSet(set, unwatched))).toContain(
      'it has no emnist-letters-train-images-idx3-ubyte.gz',
    );
    const folder = folderOfSet(set);
    mkdirSync(folder, { recursive: true });
    const damaged = Buffer.from(zip);
    const images = 'train-images-idx3-ubyte.gz';
    damaged[zip.indexOf(images) + images.length + 60]! ^= 255;
    writeFileSync(join(folder, 'gzip.zip'), damaged);
    const digits = { ...set, form: { kind: 'emnist' as const, split: 'digits' } };
    const what = await refusal(readNamedSet(digits, join(folder, 'gzip.zip'), unwatched));
    expect(what).toContain('not EMNIST’s zip as NIST gives it');
    expect(readdirSync(folder)).toEqual(['gzip.zip']);
  });
});
