import type {
  CheckpointAnswer,
  CheckpointRequest,
} from '../../../../shared/checkpoint-protocol.ts';
import type { Failure } from '../../../../shared/ipc.ts';
import type { Tensor } from '../bundle/write.ts';
import type { NewFrame } from '../film/film-log.ts';
import { realPath } from '../folder.ts';
import { Journal } from '../journal.ts';
import type { LogStart, Logged } from '../metrics-log.ts';
import type { CheckpointId } from '../names.ts';
import { answerCheckpointRequest } from '../requests/answer-request.ts';
import { writeRunRecord, type RunRecord } from '../run-record.ts';
import { CheckpointStore, type Description } from '../store.ts';
import { foundText, surveyFolder } from '../survey.ts';

/** An open folder, as the caller knows it. */
export interface OpenedFolder {
  /** Identifies the folder until it is closed. */
  id: number;
  /** The path with all links resolved. */
  folder: string;
  /** Every checkpoint name in use in the folder. */
  taken: readonly CheckpointId[];
}

/** What to write for a run at one step. */
export interface Writing {
  /** Events since the last write. */
  events: readonly Logged[];
  checkpoint: { description: Description; tensors: readonly Tensor[]; isRecovery: boolean } | null;
}

export interface Written {
  /** Path of the checkpoint, as TensorFlow names it; null if none was to be written. */
  prefix: string | null;
  warnings: Failure[];
}

interface Open {
  store: CheckpointStore;
  journal: Journal | null;
  /** The last write; each one waits for the one before it. */
  writing: Promise<unknown>;
}

/** Does everything to checkpoint folders while a run trains. Its arguments and results cross threads, so they are plain data. */
export class FolderService {
  readonly #open = new Map<number, Open>();
  #last = 0;

  /**
   * Makes the folder if it does not exist, and locks it.
   * @throws FailureError
   */
  async open(folder: string): Promise<OpenedFolder> {
    const store = await CheckpointStore.open(folder);
    // A run begins here: what was deleted and might have been put back would be in its way.
    await store.clearAside(null);
    const id = ++this.#last;
    this.#open.set(id, { store, journal: null, writing: Promise.resolve() });
    return { id, folder: store.folder, taken: store.taken };
  }

  /** Releases the lock, so that other processes can write. */
  async close(id: number): Promise<void> {
    await this.#of(id).store.close();
    this.#open.delete(id);
  }

  /**
   * Describes what the folder holds that the app's own records do not account for; null if there is nothing.
   * @throws FailureError
   */
  async foundText(id: number): Promise<string | null> {
    return foundText(await surveyFolder(this.#of(id).store.folder));
  }

  /**
   * Writes run.json, the description of the run.
   * @throws as `writeRunRecord`
   */
  describe(id: number, record: RunRecord, mayReplace: boolean): Promise<void> {
    return writeRunRecord(this.#of(id).store.folder, record, mayReplace);
  }

  /**
   * Writes the curves to this folder from now on.
   * @param before the open folder whose curves continue here; null if there is none
   */
  begin(id: number, start: LogStart, before: number | null): void {
    const open = this.#of(id);
    const journal = before === null ? null : this.#of(before).journal;
    open.journal = journal ?? new Journal();
    open.journal.begin(open.store, start);
  }

  /** Keeps a frame of the first layer's filters; it is written with the next checkpoint. */
  addFrame(id: number, frame: NewFrame): void {
    this.#of(id).journal?.addFrame(frame);
  }

  /**
   * Writes the curves, then the checkpoint.
   * @throws FailureError when the checkpoint cannot be written
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
    const film = request.type === 'film' ? await open?.journal?.answerFilm(request) : null;
    if (film) return film;
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
