import type { Tensor } from '../bundle/write.ts';
import type { LogStart } from '../metrics-log.ts';
import type { CheckpointId } from '../names.ts';
import type { RunRecord } from '../run-record.ts';
import type { OpenedFolder, Writing, Written } from './folder-service.ts';
import { folderThread } from './folder-thread.ts';

/** The checkpoint folder of a run, which this process alone writes to; all that is written there is written on another thread. */
export class RunFolder {
  readonly #id: number;
  /** Its path, that no link leads to. */
  readonly path: string;
  /** Every name in the folder, when it was opened, that a checkpoint could have. */
  readonly taken: readonly CheckpointId[];

  private constructor({ id, folder, taken }: OpenedFolder) {
    this.#id = id;
    this.path = folder;
    this.taken = taken;
  }

  /**
   * Makes the folder if need be, locks it and removes what an interrupted save left.
   * @throws FailureError
   */
  static async open(folder: string): Promise<RunFolder> {
    return new RunFolder(await folderThread.call('open', [folder]));
  }

  /**
   * What of runs and checkpoints lies there that the app's own records do not account for; null: nothing does.
   * @throws FailureError
   */
  foundText(): Promise<string | null> {
    return folderThread.call('foundText', [this.#id]);
  }

  /**
   * Writes what the run is, for people and other programs.
   * @throws as `writeRunRecord`
   */
  describe(record: RunRecord, mayReplace: boolean): Promise<void> {
    return folderThread.call('describe', [this.#id, record, mayReplace]);
  }

  /**
   * The curves go here from now on.
   * @param before the folder in which they went so far; null: none
   */
  begin(start: LogStart, before: RunFolder | null): Promise<void> {
    return folderThread.call('begin', [this.#id, start, before ? before.#id : null]);
  }

  /**
   * Its tensors are not to be used again.
   * @throws FailureError when the checkpoint cannot be written; earlier ones are as they were
   */
  write(writing: Writing): Promise<Written> {
    const buffers = ownBuffers(writing.checkpoint?.tensors ?? []);
    return folderThread.call('write', [this.#id, writing], buffers);
  }

  /** Lets others write. */
  close(): Promise<void> {
    return folderThread.call('close', [this.#id]);
  }
}

/** Handed over instead of being copied; a part of a larger buffer cannot be. */
const ownBuffers = (tensors: readonly Tensor[]): ArrayBuffer[] =>
  tensors.flatMap(({ values: { buffer, byteLength } }) =>
    buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [],
  );
