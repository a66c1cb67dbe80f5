import { existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { isDatasetName } from '../../../shared/dataset-names.ts';
import { FailureError } from '../../../shared/ipc.ts';
import { printable } from '../../../shared/shown.ts';
import { messageOf, systemFault } from '../../../shared/system-errors.ts';
import { fingerprint, readCached, writeCached } from './cache.ts';
import type { DataSettings, ReadingTools } from './data-settings.ts';
import { readIdxDataset } from './idx/idx-dataset.ts';
import { holdsIdxFiles, holdsSomeIdxFiles, isPlace } from './idx/places.ts';
import { readSet } from './named/read-set.ts';
import { describeSet } from './named/sets.ts';
import type { RawDataset } from './raw-dataset.ts';
import { readTree } from './read-tree.ts';
import { openTree } from './tree/open-tree.ts';
import type { Tree } from './tree/tree.ts';

/** The data at the place that a run names. */
export interface Source {
  raw: RawDataset;
  /** Its place, for messages. */
  place: string;
  /** Whether class 0 is 1 in the labels. */
  fromOne: boolean;
}

/** Whether there is anything at the place of a dataset. */
export function isDatasetThere(dataset: string): boolean {
  if (isDatasetName(dataset)) return describeSet(dataset).isHere;
  const place = resolve(dataset);
  return existsSync(place) || isPlace(place);
}

/**
 * Reads a named set of images, or a folder, an archive, a table or an array file.
 * @throws FailureError that says what there is instead
 */
export async function readSource(settings: DataSettings, tools: ReadingTools): Promise<Source> {
  if (isDatasetName(settings.dataset)) {
    const raw = await readSet(settings.dataset, tools.watch);
    return { raw, place: raw.place, fromOne: false };
  }
  const place = resolve(settings.dataset);
  // Their reader also reports if some of the four files are missing.
  if (holdsIdxFiles(place) || !existsSync(place) || holdsSomeIdxFiles(place)) {
    const raw = await readIdxDataset(place);
    return { raw, place: raw.folder, fromOne: raw.fromOne };
  }
  const tree = await openTree(place, tools.watch);
  try {
    return { raw: await readCachedTree(tree, settings, tools), place, fromOne: false };
  } finally {
    await tree.close();
  }
}

/** Uses the cached result of an earlier reading if nothing has changed since. */
async function readCachedTree(
  tree: Tree,
  settings: DataSettings,
  tools: ReadingTools,
): Promise<RawDataset> {
  const name = fingerprintOf(tree, settings);
  const cached = await readCached(name);
  if (cached) return cached;
  const raw = await readTree(tree, settings, tools);
  await checkUnchanged(tree, name, settings, tools);
  try {
    await writeCached(name, raw, tools.watch.signal);
    return raw;
  } catch (error) {
    tools.watch.signal.throwIfAborted();
    return { ...raw, findings: [...raw.findings, notKept(tree.place, error)] };
  }
}

const fingerprintOf = ({ place, files }: Tree, settings: DataSettings): string =>
  fingerprint([
    place,
    settings.imageSize?.join('x') ?? null,
    settings.fit,
    settings.channels,
    settings.background,
    settings.damaged,
    ...files.flatMap(({ path, bytes, modified }) => [path, bytes, modified]),
  ]);

/** Refuses data that changed meanwhile, since the dataset may hold half of a change. */
async function checkUnchanged(
  tree: Tree,
  name: string,
  settings: DataSettings,
  { watch }: ReadingTools,
): Promise<void> {
  const stats = statSync(tree.place, { throwIfNoEntry: false });
  if (stats?.isFile()) {
    // Everything in an archive has the archive's time; listing it again, which may mean unpacking it, would tell no more.
    if (tree.files.every(({ modified }) => modified === stats.mtimeMs)) return;
    throw changedFailure(tree.place, basename(tree.place));
  }
  const again = await openTree(tree.place, watch);
  try {
    if (fingerprintOf(again, settings) === name) return;
    const before = new Map(tree.files.map((file) => [file.path, file]));
    const changed = again.files.find(({ path, bytes, modified }) => {
      const was = before.get(path);
      return was?.bytes !== bytes || was.modified !== modified;
    });
    const there = new Set(again.files.map(({ path }) => path));
    const gone = tree.files.find(({ path }) => !there.has(path));
    throw changedFailure(tree.place, (changed ?? gone)?.path ?? '');
  } finally {
    await again.close();
  }
}

const changedFailure = (where: string, name: string): FailureError =>
  new FailureError({
    what: `Files were changed while they were read: ${printable(name)}, for one.`,
    where,
    remedy: 'Start again once nothing writes there any more.',
  });

const notKept = (where: string, error: unknown) => ({
  what: `The images could not be kept in the cache, so they will be read anew the next time: ${messageOf(error)}.`,
  where,
  remedy: systemFault(error)?.remedy ?? 'Make room on the disk that the cache folder is on.',
});
