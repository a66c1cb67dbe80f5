import type {
  CheckpointAnswer,
  CheckpointRequest,
} from '../../../../shared/checkpoint-protocol.ts';
import type { Failure } from '../../../../shared/ipc.ts';
import type { Tensor } from '../bundle/write.ts';
import { realPath } from '../folder.ts';
import { Journal } from '../journal.ts';
import type { LogStart, Logged } from '../metrics-log.ts';
import type { CheckpointId } from '../names.ts';
import { answerCheckpointRequest } from '../requests/answer-request.ts';
import { writeRunRecord, type RunRecord } from '../run-record.ts';
import { CheckpointStore, type Description } from '../store.ts';
import { foundText, surveyFolder } from '../survey.ts';

/** A folder that is open here, as the caller knows it. */
export interface OpenedFolder {
  /** It goes by this number until it is closed. */
  id: number;
  /** By the path that no link leads to. */
  folder: string;
  /** Every name in the folder that a checkpoint could have. */
  taken: readonly CheckpointId[];
}

/** What is to be written of a run at one step. */
export interface Writing {
  /** Since the last one. */
  events: readonly Logged[];
  checkpoint: { description: Description; tensors: readonly Tensor[]; isRecovery: boolean } | null;
}

export interface Written {
  /** Path of the checkpoint, as TensorFlow has it; null: none was to be written. */
  prefix: string | null;
  warnings: Failure[];
}

interface Open {
  store: CheckpointStore;
  journal: Journal | null;
  /** What is written is written in the order in which it was asked for. */
  writing: Promise<unknown>;
}

/** Everything that is done to checkpoint folders while a run trains. Its arguments and answers cross a thread, so they are plain data. */
export class FolderService {
  readonly #open = new Map<number, Open>();
  #last = 0;

  /**
   * Makes the folder if need be and locks it.
   * @throws FailureError
   */
  async open(folder: string): Promise<OpenedFolder> {
    const store = await CheckpointStore.open(folder);
    const id = ++this.#last;
    this.#open.set(id, { store, journal: null, writing: Promise.resolve() });
    return { id, folder: store.folder, taken: store.taken };
  }

  /** Lets others write. */
  async close(id: number): Promise<void> {
    await this.#of(id).store.close();
    this.#open.delete(id);
  }

  /**
   * What of runs and checkpoints lies there that the app's own records do not account for; null: nothing does.
   * @throws FailureError
   */
  async foundText(id: number): Promise<string | null> {
    return foundText(await surveyFolder(this.#of(id).store.folder));
  }

  /**
   * Writes what the run is.
   * @throws as `writeRunRecord`
   */
  describe(id: number, record: RunRecord, mayReplace: boolean): Promise<void> {
    return writeRunRecord(this.#of(id).store.folder, record, mayReplace);
  }

  /**
   * The curves are written from here on.
   * @param before the open folder whose curves go on here; null: none
   */
  begin(id: number, start: LogStart, before: number | null): void {
    const open = this.#of(id);
    const journal = before === null ? null : this.#of(before).journal;
    open.journal = journal ?? new Journal();
    open.journal.begin(open.store, start);
  }

  /**
   * Writes curves, then the checkpoint.
   * @throws FailureError where the checkpoint cannot be written
   */
  write(id: number, writing: Writing): Promise<Written> {
    const open = this.#of(id);
    const written = open.writing.then(() => writeAll(open, writing));
    open.writing = written.catch(() => undefined);
    return written;
  }

  /** Answers a question about any folder's checkpoints, or changes them. */
  async answer(folder: string, request: CheckpointRequest): Promise<CheckpointAnswer> {
    const path = await realPath(folder);
    const open = [...this.#open.values()].find(({ store }) => store.folder === path);
    return answerCheckpointRequest(folder, open?.store ?? null, request);
  }

  #of(id: number): Open {
    const open = this.#open.get(id);
    if (!open) throw new Error('The checkpoint folder is not open any more.');
    return open;
  }
}

async function writeAll(
  { store, journal }: Open,
  { events, checkpoint }: Writing,
): Promise<Written> {
  const warnings: Failure[] = [];
  const warn = (failure: Failure): void => {
    warnings.push(failure);
  };
  for (const event of events) journal?.add(event);
  await journal?.write(warn);
  if (!checkpoint) return { prefix: null, warnings };
  const { description, tensors, isRecovery } = checkpoint;
  const prefix = await store.save(description, tensors, warn, isRecovery);
  return { prefix, warnings };
}
