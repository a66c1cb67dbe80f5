import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import type { CheckpointAnswer, CheckpointRequest } from '../shared/checkpoint-protocol.ts';
import { FailureError, toFailure } from '../shared/ipc.ts';
import { runSummarySchema } from '../shared/run-summary.ts';
import type { FolderLook, UsedFolder } from '../shared/used-folders.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';

/** In milliseconds: a disk that is asleep has woken by then; one that is gone may never answer. */
const PATIENCE = 8_000;
/** The file is written so long after the last change. */
const WRITTEN_AFTER = 2_000;

const keptSchema = v.object({ stamp: v.string(), run: runSummarySchema });
type Kept = v.InferOutput<typeof keptSchema>;
type Ask = (path: string, request: CheckpointRequest) => Promise<CheckpointAnswer>;

/** The folders that a person has used, each with a summary of its run, which is kept so that the list is there at once. */
export class UsedFolders {
  readonly #folder: CheckpointFolder;
  readonly #file: string;
  readonly #ask: Ask;
  readonly #kept: Map<string, Kept>;
  /** A folder that has not answered is not asked a second time. */
  readonly #asked = new Map<string, Promise<CheckpointAnswer>>();
  #writing: NodeJS.Timeout | undefined;

  /**
   * @param file where summaries are kept; it may be lost
   * @param ask something of a folder, outside of this process
   */
  constructor(folder: CheckpointFolder, file: string, ask: Ask) {
    this.#folder = folder;
    this.#file = file;
    this.#ask = ask;
    this.#kept = readKept(file);
  }

  /** The present one among them. */
  list(): UsedFolder[] {
    return this.#folder.used.map((path) => ({ path, run: this.#kept.get(path)?.run ?? null }));
  }

  /** @throws FailureError where it is none of the list */
  async look(path: string): Promise<FolderLook> {
    if (!this.#folder.used.includes(path)) throw notListed(path);
    try {
      const answer = await this.#answerInTime(path);
      if (answer.type === 'refused') return { type: 'unreadable', failure: answer.failure };
      const kept = this.#kept.get(path);
      const run = answer.type === 'summarize' ? (answer.run ?? kept?.run) : undefined;
      if (answer.type !== 'summarize' || !run) throw new Error('the answer is another one');
      if (answer.run) this.#keep(path, { stamp: answer.stamp, run });
      return { type: 'run', run };
    } catch (error) {
      return { type: 'unreadable', failure: toFailure(error, path) };
    }
  }

  #answerInTime(path: string): Promise<CheckpointAnswer> {
    const known = this.#kept.get(path)?.stamp ?? null;
    const asked =
      this.#asked.get(path) ??
      this.#ask(path, { type: 'summarize', known }).finally(() => this.#asked.delete(path));
    this.#asked.set(path, asked);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(silentFailure(path)), PATIENCE);
      asked.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  #keep(path: string, kept: Kept): void {
    this.#kept.set(path, kept);
    clearTimeout(this.#writing);
    this.#writing = setTimeout(() => this.#write(), WRITTEN_AFTER);
    this.#writing.unref();
  }

  #write(): void {
    const used = new Set(this.#folder.used);
    const kept = [...this.#kept].filter(([path]) => used.has(path));
    try {
      writeFileSync(`${this.#file}.new`, JSON.stringify(Object.fromEntries(kept)));
      renameSync(`${this.#file}.new`, this.#file);
    } catch {
      // Then they are read from the folders again.
    }
  }
}

function readKept(file: string): Map<string, Kept> {
  try {
    const entries = v.parse(
      v.record(v.string(), v.unknown()),
      JSON.parse(readFileSync(file, 'utf8')),
    );
    return new Map(
      Object.entries(entries).flatMap(([path, each]) => {
        const parsed = v.safeParse(keptSchema, each);
        return parsed.success ? [[path, parsed.output] as const] : [];
      }),
    );
  } catch {
    return new Map();
  }
}

const notListed = (path: string): FailureError =>
  new FailureError({
    what: 'This folder is not on the list of runs.',
    where: path,
    remedy: 'Open it with “Choose folder…”.',
  });

const silentFailure = (path: string): FailureError =>
  new FailureError({
    what: `The folder does not answer within ${PATIENCE / 1000} seconds.`,
    where: path,
    remedy: 'See that its disk is connected, or take it off the list.',
  });
