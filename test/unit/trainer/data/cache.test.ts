import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fingerprint, readCached, writeCached } from '../../../../main/trainer/data/cache.ts';
import type { Examples } from '../../../../main/trainer/data/examples.ts';
import type { RawDataset } from '../../../../main/trainer/data/raw-dataset.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const unstopped = new AbortController().signal;
let cache: string;
beforeEach(() => {
  cache = temporaryFolder();
  vi.stubEnv('XDG_CACHE_HOME', cache);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const SIZE = 2 * 3 * 3;

function examples(count: number, classes: number): Examples {
  const labels = classes > 256 ? new Uint16Array(count) : new Uint8Array(count);
  for (let k = 0; k < count; k++) labels[k] = (k * 37) % classes;
  return { images: Uint8Array.from({ length: count * SIZE }, (_, k) => k * 7), labels, count };
}

const dataset = (classes: number, more: Partial<RawDataset> = {}): RawDataset => ({
  height: 2,
  width: 3,
  channels: 3,
  classNames: Array.from({ length: classes }, (_, k) => `klasse ${k} é`),
  train: examples(5, classes),
  validation: null,
  test: examples(3, classes),
  validationFrom: 'each-class',
  findings: [{ what: 'One is left out.', where: '/data', remedy: 'Replace it.' }],
  ...more,
});

const name = fingerprint(['/data', 32, null]);
const folder = (): string => join(cache, 'firstlayer', 'datasets', name);

describe('a dataset in the cache', () => {
  it.each([
    ['without a validation part', dataset(4)],
    ['with all parts', dataset(4, { validation: examples(2, 4) })],
    ['of more classes than a byte counts, at an odd place', dataset(300)],
    ['without a test part', dataset(4, { test: null })],
  ])('%s comes back as it was', async (_, data) => {
    await writeCached(name, data, unstopped);
    expect(await readCached(name)).toMatchObject(data);
    expect(readdirSync(join(cache, 'firstlayer', 'datasets'))).toEqual([name]);
  });

  it('is not there under another fingerprint', async () => {
    await writeCached(name, dataset(4), unstopped);
    expect(await readCached(fingerprint(['/data', 32, 1]))).toBeNull();
  });

  it('is not taken where any byte of it is another', async () => {
    await writeCached(name, dataset(4), unstopped);
    for (const file of readdirSync(folder())) {
      const path = join(folder(), file);
      const before = readFileSync(path);
      for (let at = 0; at < before.length; at += 7) {
        const damaged = Buffer.from(before);
        damaged[at] = (damaged[at] ?? 0) ^ 1;
        writeFileSync(path, damaged);
        const read = await readCached(name);
        // A letter of a finding or of a class's name may be another: they are told, not learned from.
        if (read) expect(file).toBe('dataset.json');
        if (read) expect([read.train, read.test]).toEqual([dataset(4).train, dataset(4).test]);
      }
      for (const end of [0, 1, before.length - 1]) {
        writeFileSync(path, before.subarray(0, end));
        expect(await readCached(name)).toBeNull();
      }
      writeFileSync(path, before);
    }
    expect(await readCached(name)).not.toBeNull();
  });

  it('takes the place of what was there', async () => {
    await writeCached(name, dataset(4), unstopped);
    await writeCached(name, dataset(7), unstopped);
    expect((await readCached(name))?.classNames).toHaveLength(7);
  });

  it('that was opened is told from one that was not', async () => {
    await writeCached(name, dataset(4), unstopped);
    const summary = join(folder(), 'dataset.json');
    const written = statSync(summary).mtimeMs;
    await new Promise((resolve) => setTimeout(resolve, 20));
    await readCached(name);
    expect(statSync(summary).mtimeMs).toBeGreaterThan(written);
  });

  it('removes what a killed process had begun, and nothing of one that runs', async () => {
    const datasets = join(cache, 'firstlayer', 'datasets');
    // No process has a number so high.
    const left = join(datasets, `.${name}-99999999-1`);
    const others = join(datasets, `.${name}-${process.ppid}-1`);
    for (const made of [left, others]) mkdirSync(made, { recursive: true });
    await writeCached(name, dataset(4), unstopped);
    expect([existsSync(left), existsSync(others)]).toEqual([false, true]);
  });

  it('is not written further once that is stopped, and nothing is left of it', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(writeCached(name, dataset(4), stopped)).rejects.toThrow('stopped');
    expect(readdirSync(join(cache, 'firstlayer', 'datasets'))).toEqual([]);
  });

  it('leaves nothing where the disk does not take it', async () => {
    writeFileSync(join(cache, 'firstlayer'), 'in the way');
    await expect(writeCached(name, dataset(4), unstopped)).rejects.toThrow();
    expect(existsSync(folder())).toBe(false);
  });
});
