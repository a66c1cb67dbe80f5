import type { Tensor } from '../bundle/write.ts';
import type { NewFrame } from '../film/film-log.ts';
import type { LogStart } from '../metrics-log.ts';
import type { CheckpointId } from '../names.ts';
import type { RunRecord } from '../run-record.ts';
import type { OpenedFolder, Writing, Written } from './folder-service.ts';
import { folderThread } from './folder-thread.ts';

/** The checkpoint folder of a run. Only this process writes to it, and always on another thread. */
export class RunFolder {
  readonly #id: number;
  /** The path with all links resolved. */
  readonly path: string;
  /** Every checkpoint name that was in use in the folder when it was opened. */
  readonly taken: readonly CheckpointId[];

  private constructor({ id, folder, taken }: OpenedFolder) {
    this.#id = id;
    this.path = folder;
    this.taken = taken;
  }

  /**
   * Makes the folder if it does not exist, locks it and removes what an interrupted save left.
   * @throws FailureError
   */
  static async open(folder: string): Promise<RunFolder> {
    return new RunFolder(await folderThread.call('open', [folder]));
  }

  /**
   * Describes what the folder holds that the app's own records do not account for; null if there is nothing.
   * @throws FailureError
   */
  foundText(): Promise<string | null> {
    return folderThread.call('foundText', [this.#id]);
  }

  /**
   * Writes run.json, which describes the run for people and other programs.
   * @throws as `writeRunRecord`
   */
  describe(record: RunRecord, mayReplace: boolean): Promise<void> {
    return folderThread.call('describe', [this.#id, record, mayReplace]);
  }

  /**
   * Writes the curves to this folder from now on.
   * @param before the folder they were written to so far; null if there is none
   */
  begin(start: LogStart, before: RunFolder | null): Promise<void> {
    return folderThread.call('begin', [this.#id, start, before ? before.#id : null]);
  }

  /** Keeps a frame of the first layer's filters, it is written with the next checkpoint. */
  addFrame(frame: NewFrame): Promise<void> {
    return folderThread.call('addFrame', [this.#id, frame]);
  }

  /**
   * Writes the curves, then the checkpoint, whose tensors must not be used afterwards.
   * @throws FailureError when the checkpoint cannot be written; earlier ones are as they were
   */
  write(writing: Writing): Promise<Written> {
    const buffers = ownBuffers(writing.checkpoint?.tensors ?? []);
    return folderThread.call('write', [this.#id, writing], buffers);
  }

  /** Releases the lock, so that other processes can write. */
  close(): Promise<void> {
    return folderThread.call('close', [this.#id]);
  }
}

/** The buffers that are transferred instead of being copied. A part of a larger buffer cannot be transferred. */
const ownBuffers = (tensors: readonly Tensor[]): ArrayBuffer[] =>
  tensors.flatMap(({ values: { buffer, byteLength } }) =>
    buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [],
  );
