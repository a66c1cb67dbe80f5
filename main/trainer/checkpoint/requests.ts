import { copyFile, readdir, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type {
  CheckpointAnswer,
  CheckpointDetail,
  CheckpointRequest,
  CheckpointSummary,
  Unrecorded,
  Verdict,
} from '../../../shared/checkpoint-protocol.ts';
import { FailureError, toFailure } from '../../../shared/ipc.ts';
import { systemFault } from '../../../shared/system-errors.ts';
import type { BundleEntry } from './bundle/proto.ts';
import { openBundle, readIndex, typeName, verifyBundle } from './bundle/read.ts';
import { compareCheckpoints } from './compare.ts';
import { messageOf } from '../../../shared/system-errors.ts';
import { makeFolders, syncFolder } from '../files/durable-files.ts';
import { folderFailure, writeStateFile } from './folder.ts';
import { newestFirst, type Entry } from './lineage.ts';
import { filesOf, nameOf, type CheckpointFiles, type CheckpointId } from './names.ts';
import {
  damageOf,
  listCheckpoints,
  ownValidation,
  stateBy,
  readingFault,
  verify,
  type Checkpoint,
} from './reading.ts';
import { expendable } from './retention.ts';
import { CheckpointStore } from './store.ts';
import { whoseText } from './survey.ts';
import { unrecordedIn } from './unrecorded.ts';

/** Enough to choose from in a message. */
const MOST_NAMES = 20;

/** Answers what is asked of a folder's checkpoints. What changes the folder is done under its lock. */
export class CheckpointRequests {
  readonly #folder: string;
  /** The store that this process has open for the folder, because it trains there. */
  readonly #open: CheckpointStore | null;

  constructor(folder: string, open: CheckpointStore | null) {
    this.#folder = folder;
    this.#open = open;
  }

  async answer(request: CheckpointRequest): Promise<CheckpointAnswer> {
    try {
      return await this.#answer(request);
    } catch (error) {
      return { type: 'refused', failure: toFailure(error, this.#folder) };
    }
  }

  async #answer(request: CheckpointRequest): Promise<CheckpointAnswer> {
    switch (request.type) {
      case 'list': {
        const { entries, recoveries, damaged } = await listCheckpoints(this.#folder);
        const [newest] = newestFirst([...entries, ...recoveries]);
        const recovery = newest?.isRecovery
          ? { name: nameOf(newest), step: newest.step, epoch: newest.epoch }
          : null;
        const unrecorded = await unrecordedIn(this.#folder);
        return { type: 'list', checkpoints: summaries(entries), recovery, damaged, unrecorded };
      }
      case 'show': {
        const unrecorded = await unrecordedNamed(this.#folder, request.name);
        return unrecorded
          ? { type: 'show-unrecorded', checkpoint: await this.#variablesOf(unrecorded) }
          : { type: 'show', checkpoint: await this.#detail(request.name) };
      }
      case 'verify':
        return { type: 'verify', verdicts: await this.#verify(request.name) };
      case 'pin':
        await this.#writing(async (store) => {
          const entry = entryNamed(this.#folder, store.entries, request.name);
          await whole(this.#folder, entry);
          await store.pin(entry, request.pinned);
        });
        return { type: 'pin', name: request.name, pinned: request.pinned };
      case 'delete':
        return this.#remove((entries) => [entryNamed(this.#folder, entries, request.name)]);
      case 'prune':
        return this.#prune(request.keep);
      case 'compare': {
        const [a, b] = [
          await checkpointNamed(this.#folder, request.name),
          await checkpointNamed(this.#folder, request.with),
        ];
        return { type: 'compare', comparison: await compareCheckpoints(this.#folder, a, b) };
      }
      case 'export':
        return { type: 'export', path: await this.#export(request.name, resolve(request.to)) };
    }
  }

  async #detail(name: string): Promise<CheckpointDetail> {
    const { entries } = await listCheckpoints(this.#folder);
    const entry = entryNamed(this.#folder, entries, name);
    const { record } = await whole(this.#folder, entry);
    const summary = summaries(entries)[entries.indexOf(entry)];
    if (!summary) throw new Error(`${name} has no summary`);
    const index = await readIndex(filesOf(this.#folder, entry).index);
    const { config, precision, device, tensorFlow, datasetHash, branch } = record;
    return {
      ...summary,
      forks: branch.forks,
      validation: ownValidation(record),
      config,
      precision,
      device,
      tensorFlow,
      datasetHash,
      variables: variablesIn(index),
    };
  }

  async #variablesOf(unrecorded: Unrecorded) {
    const path = `${join(this.#folder, unrecorded.name)}.index`;
    // What is wrong with it is told; what it holds, only as far as it can be read.
    const index = await readIndex(path).catch(() => new Map<string, BundleEntry>());
    return { ...unrecorded, variables: variablesIn(index) };
  }

  async #verify(name: string | null): Promise<Verdict[]> {
    const { entries, damaged } = await listCheckpoints(this.#folder);
    const unrecorded = (await unrecordedIn(this.#folder)).filter(
      (found) => name === null || found.name === name,
    );
    const named = (): Entry[] =>
      unrecorded.length > 0 ? [] : [entryNamed(this.#folder, entries, name ?? '')];
    const chosen = name === null ? entries : named();
    const verdicts: Verdict[] = [];
    for (const entry of chosen) {
      const damage = await verify(this.#folder, entry).then(() => null, damageOf);
      verdicts.push({ name: nameOf(entry), damage, recorded: true });
    }
    for (const found of unrecorded)
      verdicts.push({
        name: found.name,
        damage: found.damage ?? (await bundleDamage(join(this.#folder, found.name))),
        recorded: false,
      });
    const unreadable = name === null ? damaged : [];
    return [
      ...verdicts,
      ...unreadable.map(({ what }) => ({ name: 'a record', damage: what, recorded: true })),
    ];
  }

  async #prune(keep: number): Promise<CheckpointAnswer> {
    return this.#remove(async (entries) => {
      const branches = new Set(entries.map((entry) => entry.branch));
      const gone: Entry[] = [];
      for (const branch of branches) {
        const own = entries.filter((entry) => entry.branch === branch);
        const [newest] = own;
        if (!newest) continue;
        const { record } = await whole(this.#folder, newest);
        const policy = { ...record.config.checkpoints, keep };
        gone.push(...expendable(own, policy, record.watch.best?.step ?? null));
      }
      return gone;
    });
  }

  async #remove(
    choose: (entries: readonly Entry[]) => Entry[] | Promise<Entry[]>,
  ): Promise<CheckpointAnswer> {
    let names: string[] = [];
    await this.#writing(async (store) => {
      const gone = await choose(store.entries);
      await store.remove(gone);
      names = gone.map(nameOf);
    });
    return { type: 'removed', names };
  }

  async #writing(change: (store: CheckpointStore) => Promise<void>): Promise<void> {
    if (this.#open) {
      await this.#changing(this.#open, change);
      return;
    }
    const { entries } = await listCheckpoints(this.#folder);
    if (entries.length === 0) {
      const [unrecorded] = await unrecordedIn(this.#folder);
      if (unrecorded) throw withoutRecord(this.#folder, unrecorded);
      throw new FailureError({
        what: 'There is no checkpoint in this folder.',
        where: this.#folder,
        remedy: 'Choose the folder that a run was saved in.',
      });
    }
    const store = await CheckpointStore.open(this.#folder);
    try {
      await this.#changing(store, change);
    } finally {
      await store.close();
    }
  }

  async #changing(
    store: CheckpointStore,
    change: (store: CheckpointStore) => Promise<void>,
  ): Promise<void> {
    try {
      await change(store);
    } catch (error) {
      throw systemFault(error) ? folderFailure(this.#folder, 'written to', error) : error;
    }
  }

  /** Only into an empty folder: nothing can be written over. */
  async #export(name: string, to: string): Promise<string> {
    const { id, prefix } = await checkpointNamed(this.#folder, name);
    try {
      await makeFolders(to);
      if ((await readdir(to)).length > 0) throw new Error('it is not empty');
      await copyInto(to, filesOf(this.#folder, id), id);
    } catch (error) {
      throw folderFailure(to, 'exported to', error);
    }
    return join(to, basename(prefix));
  }
}

/** All of it or nothing: a folder that is not empty again would be refused the next time. */
async function copyInto(to: string, from: CheckpointFiles, id: CheckpointId): Promise<void> {
  const paths = [from.data, from.index, from.record];
  try {
    for (const path of paths) await copyFile(path, join(to, basename(path)));
    await writeStateFile(to, [nameOf(id)]);
    await syncFolder(to);
    await verify(to, id);
  } catch (error) {
    for (const name of [...paths.map((path) => basename(path)), 'checkpoint'])
      await rm(join(to, name), { force: true }).catch(() => undefined);
    throw error;
  }
}

async function whole(folder: string, entry: Entry): Promise<Checkpoint> {
  try {
    return await verify(folder, entry);
  } catch (error) {
    throw new FailureError(
      {
        what: `Checkpoint ${nameOf(entry)} ${stateBy(error)}: ${messageOf(error)}.`,
        where: folder,
        remedy:
          readingFault(error)?.remedy ?? 'Choose another checkpoint; this one is left as it is.',
      },
      { cause: error },
    );
  }
}

const variablesIn = (index: ReadonlyMap<string, BundleEntry>): CheckpointDetail['variables'] =>
  [...index].map(([name, { dtype, shape }]) => ({ name, type: typeName(dtype), shape }));

/** Against TensorFlow's own checksums; null: it is whole. */
const bundleDamage = (prefix: string): Promise<string | null> =>
  openBundle(prefix)
    .then(verifyBundle)
    .then(() => null, damageOf);

const unrecordedNamed = async (folder: string, name: string): Promise<Unrecorded | null> =>
  (await unrecordedIn(folder)).find((found) => found.name === name) ?? null;

const withoutRecord = (folder: string, { name, whose }: Unrecorded): FailureError =>
  new FailureError({
    what: `“${name}” has no record of Firstlayer (${whoseText[whose]}): it can be listed, shown and verified, but nothing else is done with it.`,
    where: folder,
    remedy: `Its files, ${name}.index and ${name}.data-…, are TensorFlow’s own and can be copied as they are. Train with --take-over to have its record rebuilt, or take its weights into a new folder with --weights-from.`,
  });

/** The checkpoint of this name, whole. @throws FailureError where it is not there, damaged or without a record */
export async function checkpointNamed(folder: string, name: string): Promise<Checkpoint> {
  const { entries, recoveries } = await listCheckpoints(folder);
  const all = [...entries, ...recoveries];
  if (!all.some((entry) => nameOf(entry) === name)) {
    const unrecorded = await unrecordedNamed(folder, name);
    if (unrecorded) throw withoutRecord(folder, unrecorded);
  }
  return whole(folder, entryNamed(folder, all, name));
}

function entryNamed(folder: string, entries: readonly Entry[], name: string): Entry {
  const entry = entries.find((candidate) => nameOf(candidate) === name);
  if (entry) return entry;
  const names = entries.slice(0, MOST_NAMES).map(nameOf).join(', ');
  throw new FailureError({
    what: `There is no checkpoint “${name}” in this folder.`,
    where: folder,
    remedy: names === '' ? 'The folder holds none.' : `Name one of: ${names}.`,
  });
}

function summaries(entries: readonly Entry[]): CheckpointSummary[] {
  // As in training: of equals, the earliest.
  const best = [...entries]
    .filter(({ validationLoss }) => validationLoss !== null)
    .sort(
      (a, b) =>
        (a.validationLoss ?? 0) - (b.validationLoss ?? 0) || a.step - b.step || a.branch - b.branch,
    )[0];
  return entries.map((entry, k) => ({
    name: nameOf(entry),
    branch: entry.branch,
    step: entry.step,
    epoch: entry.epoch,
    validationLoss: entry.validationLoss,
    bytes: entry.bytes,
    pinned: entry.pinned,
    isNewest: k === 0,
    isBest: entry === best,
  }));
}
