import { rename } from 'node:fs/promises';
import { FailureError, type Failure } from '../../../shared/ipc.ts';
import { writeBundle, type Tensor } from './bundle/write.ts';
import { asideIn, putBack, removeAside, setAside } from './aside.ts';
import { hasCode, replaceFile, syncFolder, writeSynced } from '../files/durable-files.ts';
import {
  checkFree,
  checkSame,
  clearFailedSave,
  clearUnfinished,
  folderFailure,
  makeFolder,
  removeCheckpoint,
  replacedRecoveries,
  takenIn,
  writeStateFile,
} from './folder.ts';
import { newestFirst, type Entry } from './lineage.ts';
import { lockFolder, type FolderIdentity, type Lock } from './lock.ts';
import { filesOf, isSame, nameOf, unfinishedFilesOf, type CheckpointId } from './names.ts';
import { listCheckpoints, verifyCheckpoint } from './reading.ts';
import { entryOf } from './record-entries.ts';
import { recordText, type CheckpointRecord } from './record.ts';
import { expendableCheckpoints } from './retention.ts';

/** Reports something that went wrong without harm to any checkpoint. */
type Warn = (failure: Failure) => void;

/** What a checkpoint's record says, apart from its files. */
export type Description = Omit<CheckpointRecord, 'files' | 'format'>;

/** A checkpoint folder that this process alone writes to. */
export class CheckpointStore {
  /** The path with all links resolved. */
  readonly folder: string;
  readonly #identity: FolderIdentity;
  readonly #lock: Lock;
  /** Every checkpoint name that was in use in the folder when it was opened. */
  readonly taken: readonly CheckpointId[];
  /** Newest first. */
  #entries: Entry[];
  #stateFileRefused = false;
  /** Changes to the folder are made one after the other. */
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(
    folder: string,
    identity: FolderIdentity,
    lock: Lock,
    taken: readonly CheckpointId[],
    entries: Entry[],
  ) {
    this.folder = folder;
    this.#identity = identity;
    this.#lock = lock;
    this.taken = taken;
    this.#entries = entries;
  }

  /**
   * Makes the folder if need be, locks it and removes what an interrupted save left.
   * @throws FailureError
   */
  static async open(folder: string): Promise<CheckpointStore> {
    const { path, identity } = await makeFolder(folder);
    const lock = await lockFolder(path, identity);
    try {
      await clearUnfinished(path);
      const { entries } = await listCheckpoints(path);
      return new CheckpointStore(path, identity, lock, await takenIn(path), entries);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** Newest first. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Releases the lock, so that other processes can write. */
  async close(): Promise<void> {
    await this.#lock.release();
  }

  /** @throws FailureError saying what happened to the folder */
  checkSame(): Promise<void> {
    return checkSame(this.folder, this.#identity);
  }

  /**
   * Saves a checkpoint completely or not at all. All files are written and synced under unfinished names, then renamed; renaming
   * the record, which comes last, makes the checkpoint count. Then TensorFlow's state file is written, the folder is synced, and
   * checkpoints that are no longer needed are removed.
   * @param isRecovery the checkpoint is neither counted nor listed, and replaces the recovery checkpoint before it
   * @returns the checkpoint's prefix
   * @throws FailureError when the folder cannot be written to; earlier checkpoints are as they were
   */
  save(
    description: Description,
    tensors: readonly Tensor[],
    warn: Warn,
    isRecovery = false,
  ): Promise<string> {
    return this.#inTurn(() => this.#save(description, tensors, warn, isRecovery));
  }

  /** @throws Error when one cannot be removed; those before it are gone by then */
  remove(entries: readonly Entry[]): Promise<void> {
    return this.#inTurn(async () => {
      await this.checkSame();
      await this.#remove(entries);
      await this.#writeState(() => undefined);
    });
  }

  /** Deletes a checkpoint in a way that `putBack` undoes. */
  setAside(entry: Entry): Promise<void> {
    return this.#inTurn(async () => {
      await this.checkSame();
      await setAside(this.folder, entry);
      this.#entries = this.#entries.filter((other) => !isSame(other, entry));
      await this.#writeState(() => undefined);
    });
  }

  /** @throws FailureError where it was not set aside, or has been removed since */
  putBack(id: CheckpointId): Promise<void> {
    return this.#inTurn(async () => {
      await this.checkSame();
      this.#entries = newestFirst([...this.#entries, entryOf(id, await putBack(this.folder, id))]);
      await this.#writeState(() => undefined);
    });
  }

  /** Removes for good what was set aside: one, or all where it is null. */
  clearAside(chosen: CheckpointId | null): Promise<void> {
    return this.#inTurn(async () => {
      await this.checkSame();
      for (const id of await asideIn(this.folder))
        if (chosen === null || isSame(id, chosen)) await removeAside(this.folder, id);
    });
  }

  /** Pins or unpins a checkpoint. A pinned one is kept until a person unpins it. */
  pin(entry: Entry, pinned: boolean): Promise<void> {
    return this.#inTurn(async () => {
      await this.checkSame();
      const { record } = await verifyCheckpoint(this.folder, entry);
      await replaceFile(filesOf(this.folder, entry).record, recordText({ ...record, pinned }));
      this.#entries = this.#entries.map((other) =>
        isSame(other, entry) ? { ...other, pinned } : other,
      );
    });
  }

  async #save(
    description: Description,
    tensors: readonly Tensor[],
    warn: Warn,
    isRecovery: boolean,
  ): Promise<string> {
    const { folder } = this;
    const { branch, cursor } = description;
    const id = { branch: branch.number, step: cursor.step, ...(isRecovery && { isRecovery }) };
    const files = filesOf(folder, id);
    const unfinished = unfinishedFilesOf(folder, id);
    await this.checkSame();
    try {
      await checkFree(folder, files);
      const written = await writeBundle(unfinished, tensors);
      // Writing took a while: another folder may have taken this one's place.
      await this.checkSame();
      const record: CheckpointRecord = { format: 1, ...description, files: written };
      await writeSynced(unfinished.record, recordText(record));
      // A reader must never see a record whose files the disk does not have yet, not even after a power failure.
      await syncFolder(folder);
      await this.checkSame();
      await rename(unfinished.data, files.data);
      await rename(unfinished.index, files.index);
      await syncFolder(folder);
      await rename(unfinished.record, files.record);
      if (!isRecovery) this.#note(entryOf(id, record));
      const old = isRecovery ? [] : this.#expendable(description);
      if (!isRecovery) await this.#writeState(warn, old);
      await syncFolder(folder);
      await this.checkSame();
      await this.#prune([...old, ...(await replacedRecoveries(folder, id))], warn);
    } catch (error) {
      // What was written is of no use, and on a full disk it would be in the way.
      await clearFailedSave(folder, id);
      throw error instanceof FailureError ? error : folderFailure(folder, 'written to', error);
    }
    return files.prefix;
  }

  #note(entry: Entry): void {
    this.#entries = [entry, ...this.#entries.filter((other) => !isSame(other, entry))];
  }

  /** Writes the state file for TensorFlow's own tools. The app does not need it, so a refusal to write it is only a warning. */
  async #writeState(warn: Warn, old: readonly Entry[] = []): Promise<void> {
    const [newest] = this.#entries;
    const branch = this.#entries.filter(
      (entry) => entry.branch === newest?.branch && !old.includes(entry),
    );
    try {
      await writeStateFile(this.folder, branch.map(nameOf).reverse(), () => this.checkSame());
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      if (!this.#stateFileRefused) warn(error.failure);
      this.#stateFileRefused = true;
    }
  }

  #expendable({ branch, config, watch }: Description): Entry[] {
    const own = this.#entries.filter((entry) => entry.branch === branch.number);
    return expendableCheckpoints(own, config.checkpoints, watch.best?.step ?? null);
  }

  async #prune(old: readonly CheckpointId[], warn: Warn): Promise<void> {
    try {
      await this.#remove(old);
    } catch (error) {
      warn(folderFailure(this.folder, 'cleared of old checkpoints', error).failure);
    }
  }

  async #remove(entries: readonly CheckpointId[]): Promise<void> {
    for (const gone of entries) {
      await removeCheckpoint(this.folder, gone).catch(async (error: unknown) => {
        if (!hasCode(error, 'ENOENT')) throw error;
        // A person may have removed the checkpoint, but the folder must still be there.
        await this.checkSame();
      });
      this.#entries = this.#entries.filter((entry) => !isSame(entry, gone));
    }
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(task);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
