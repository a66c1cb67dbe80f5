import { createHash } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { partNames } from '../../../shared/dataset-parts.ts';
import { count } from '../../../shared/schema-parts.ts';
import { isAlive } from '../files/is-alive.ts';
import { cacheFolder, madeFolder } from '../files/temporary-folder.ts';
import { makeLabels, type Examples } from './examples.ts';
import { imageBytes, type RawDataset } from './raw-dataset.ts';

/**
 * Keeps datasets, as they were read and decoded, in the person's cache folder. Each lies in a folder named by the fingerprint of its
 * source, so that a changed source is read anew. Nothing there is needed: what is damaged or missing is made again.
 */

/** Changes whenever the same files would be read as other images, or are stored in another format. */
const FORMAT = 1;
/** Bytes that the cache may hold; beyond them, the datasets that were opened longest ago are removed. */
const MOST_CACHED = 20e9;

/** Bytes that are written at a time. */
const PIECE = 64 * 2 ** 20;

const SUMMARY = 'dataset.json';
const IMAGES = 'images.bin';

const summarySchema = v.strictObject({
  format: v.literal(FORMAT),
  height: count,
  width: count,
  channels: v.picklist([1, 3]),
  classNames: v.array(v.string()),
  /** Number of examples of each part; null if there is no such part. */
  counts: v.strictObject({ train: count, validation: v.nullable(count), test: v.nullable(count) }),
  validationFrom: v.picklist(['end', 'each-class']),
  findings: v.array(v.strictObject({ what: v.string(), where: v.string(), remedy: v.string() })),
  /** SHA-256 of the images' and labels' bytes. */
  sha256: v.string(),
});

/**
 * The name under which a dataset is cached: other files, other settings or another version of this app give another name.
 * @param parts such as a path, a length, a time and a setting, always in the same order
 */
export function fingerprint(parts: readonly (string | number | null)[]): string {
  return createHash('sha256')
    .update(JSON.stringify([FORMAT, ...parts]))
    .digest('hex');
}

const folderOf = (name: string): string => join(cacheFolder(), 'datasets', name);

/** The dataset that is stored under a fingerprint; null if there is none, or it is damaged. */
export async function readCached(name: string): Promise<RawDataset | null> {
  try {
    const folder = folderOf(name);
    if (!existsSync(join(folder, SUMMARY))) return null;
    const summary = v.parse(
      summarySchema,
      JSON.parse(await readFile(join(folder, SUMMARY), 'utf8')),
    );
    const file = await readFile(join(folder, IMAGES));
    const bytes = new Uint8Array(file.buffer, file.byteOffset, file.length);
    if (createHash('sha256').update(bytes).digest('hex') !== summary.sha256) return null;
    const now = new Date();
    utimesSync(join(folder, SUMMARY), now, now);
    return { ...summary, ...partsOf(bytes, summary) };
  } catch {
    return null;
  }
}

function partsOf(bytes: Uint8Array, summary: v.InferOutput<typeof summarySchema>) {
  const size = imageBytes(summary);
  const classes = summary.classNames.length;
  let at = 0;
  const take = (length: number): Uint8Array => bytes.subarray(at, (at += length));
  const part = (examples: number | null): Examples | null => {
    if (examples === null) return null;
    const images = take(examples * size);
    const labels = makeLabels(examples, classes);
    // A copy: labels of two bytes may lie at an odd place.
    new Uint8Array(labels.buffer).set(take(labels.byteLength));
    return { images, labels, count: examples };
  };
  const { counts } = summary;
  const [train, validation, test] = [
    part(counts.train),
    part(counts.validation),
    part(counts.test),
  ];
  if (!train || at !== bytes.length) throw new Error('the parts are not as long as the file');
  return { train, validation, test };
}

/** Number of datasets that this process has written. */
let written = 0;

/**
 * Stores a dataset under a fingerprint.
 * @throws Error if the disk does not take it, the signal's reason if it is aborted; nothing is left there then
 */
export async function writeCached(
  name: string,
  dataset: RawDataset,
  signal: AbortSignal,
): Promise<void> {
  const parent = madeFolder(join(cacheFolder(), 'datasets'));
  // It is written under another name at first, so that whoever opens it sees all of it or nothing.
  const folder = join(parent, `.${name}-${process.pid}-${++written}`);
  try {
    removeUnfinished(parent);
    madeFolder(folder);
    const { height, width, channels, classNames, validationFrom, findings } = dataset;
    const sha256 = await writeParts(join(folder, IMAGES), dataset, signal);
    const counts = {
      train: dataset.train.count,
      validation: dataset.validation?.count ?? null,
      test: dataset.test?.count ?? null,
    };
    const summary: v.InferOutput<typeof summarySchema> = {
      ...{ format: FORMAT, height, width, channels, classNames, validationFrom, findings },
      ...{ counts, sha256 },
    };
    await writeFile(join(folder, SUMMARY), JSON.stringify(summary));
    rmSync(folderOf(name), { recursive: true, force: true });
    renameSync(folder, folderOf(name));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  removeOldest(parent, name);
}

async function writeParts(path: string, dataset: RawDataset, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  try {
    for (const name of partNames) {
      const part = dataset[name];
      if (!part) continue;
      const { buffer, byteOffset, byteLength } = part.labels;
      for (const bytes of [part.images, new Uint8Array(buffer, byteOffset, byteLength)]) {
        for (let at = 0; at < bytes.length; at += PIECE) {
          signal.throwIfAborted();
          const piece = bytes.subarray(at, at + PIECE);
          hash.update(piece);
          await file.writeFile(piece);
        }
      }
    }
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

/** Removes what a process was writing when it was killed, but nothing that a running process writes. */
function removeUnfinished(parent: string): void {
  for (const name of readdirSync(parent)) {
    const [, pid] = /^\.[\da-f]+-(\d+)-\d+$/.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    rmSync(join(parent, name), { recursive: true, force: true });
  }
}

/** @param kept the dataset that is never removed, however large it is */
function removeOldest(parent: string, kept: string): void {
  const all = readdirSync(parent).flatMap((name) => {
    const [images, summary] = [IMAGES, SUMMARY].map((file) =>
      statSync(join(parent, name, file), { throwIfNoEntry: false }),
    );
    // A dataset that is still being written is not removed.
    return images && !name.startsWith('.')
      ? [{ name, bytes: images.size, opened: summary?.mtimeMs ?? 0 }]
      : [];
  });
  let total = all.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { name, bytes } of all.sort((a, b) => a.opened - b.opened)) {
    if (total <= MOST_CACHED) return;
    if (name === kept) continue;
    rmSync(join(parent, name), { recursive: true, force: true });
    total -= bytes;
  }
}
