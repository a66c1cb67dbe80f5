import { stretchesOf, type Branch } from '../../shared/branch.ts';
import type { CheckpointAnswer, CheckpointRequestOf } from '../../shared/checkpoint-protocol.ts';
import type { Snapshot } from '../../shared/contract.ts';
import { formatCount } from '../../shared/format.ts';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import { notesOnWay, type NewNote, type RunNote } from '../../shared/run-notes.ts';
import type { Api } from '../api.ts';
import type { Toasts } from './toasts.svelte.ts';

/** The parts of the run that notes are pinned to. */
interface NotedRun {
  readonly runEvents: { readonly branch: Branch };
  /** 0: there is nothing to note yet. */
  readonly lossRecord: { readonly newestStep: number };
}

/** A note that a person writes. */
export interface NoteDraft {
  /** Null: a new one. */
  id: number | null;
  step: number;
  /** Of the checkpoint that it is on, whose step stays; null: the person chooses a step of the present run. */
  branch: number | null;
  text: string;
  /** Why it could not be kept; null: it was not tried, or is being. */
  failure: Failure | null;
}

type NoteRequest = CheckpointRequestOf<'notes' | 'add-note' | 'edit-note' | 'remove-note'>;

/** The notes of the present folder's run, which a person pins to its steps. */
export class RunNotes {
  readonly #api: Api;
  readonly #toasts: Toasts;
  readonly #run: NotedRun;
  #all = $state.raw<readonly RunNote[]>([]);
  #problem = $state.raw<Failure | null>(null);
  #draft = $state.raw<NoteDraft | null>(null);
  #path = '';
  /** Raised whenever what is asked about may be another folder. */
  #turn = 0;
  readonly #shown = $derived.by(() => notesOnWay(this.#all, this.#run.runEvents.branch));

  constructor(api: Api, toasts: Toasts, run: NotedRun) {
    this.#api = api;
    this.#toasts = toasts;
    this.#run = run;
    api.on('history', () => void this.read());
    api.on('folder', ({ path }) => {
      const isOther = path !== this.#path;
      this.#path = path;
      if (isOther) void this.read();
    });
  }

  /** Those on the way that led to where the run is, by their steps. */
  get shown(): readonly RunNote[] {
    return this.#shown;
  }
  /** All of the folder, other branches' too. */
  get all(): readonly RunNote[] {
    return this.#all;
  }
  /** Why the folder's notes are not known, or the last change of them could not be kept; null: nothing is wrong. */
  get problem(): Failure | null {
    return this.#problem;
  }
  /** Null: none is being written. */
  get draft(): NoteDraft | null {
    return this.#draft;
  }
  /** The last step that a note can be pinned to; 0: there is none yet. */
  get newestStep(): number {
    return this.#run.lossRecord.newestStep;
  }

  /** Where nothing was trained yet nothing can be noted, and the trainer need not start for it. */
  load({ folder, history }: Pick<Snapshot, 'folder' | 'history'>): void {
    this.#path = folder.path;
    if (folder.checkpoint !== null || history.steps.length > 0) void this.read();
  }

  async read(): Promise<void> {
    const turn = ++this.#turn;
    const answer = await this.#request({ type: 'notes' });
    if (turn !== this.#turn) return;
    if ('what' in answer) this.#problem = answer;
    else this.#take(answer);
  }

  /** Begins a note on the run, after its newest step unless the person says another. */
  beginNew(): void {
    const step = this.newestStep;
    if (step > 0) this.#draft = { id: null, step, branch: null, text: '', failure: null };
  }
  /** Begins a note on a checkpoint. */
  beginOn({ step, branch }: { step: number; branch: number }): void {
    this.#draft = { id: null, step, branch, text: '', failure: null };
  }
  /** Those on a checkpoint. */
  notesOn({ step, branch }: { step: number; branch: number }): readonly RunNote[] {
    return this.#all.filter((note) => note.step === step && note.branch === branch);
  }
  beginEdit(id: number): void {
    const note = this.#all.find((each) => each.id === id);
    if (!note) return;
    const { step, branch, text } = note;
    this.#draft = { id, step, branch, text, failure: null };
  }
  closeDraft(): void {
    this.#draft = null;
  }

  /**
   * Keeps what was written. The draft stays until it is closed: where it cannot be kept nothing of it is lost.
   * @param step of a new note, at most the newest
   * @returns whether it was kept
   */
  async keepDraft(step: number, text: string): Promise<boolean> {
    const draft = this.#draft;
    if (!draft) return false;
    this.#draft = { ...draft, step, text, failure: null };
    const failure =
      draft.id === null
        ? await this.#add({ branch: draft.branch ?? this.#branchAt(step), step, text })
        : await this.#edit(draft.id, text);
    // It may have been closed meanwhile.
    if (failure && this.draft) this.#draft = { ...draft, step, text, failure };
    return failure === null;
  }

  async remove(id: number): Promise<void> {
    const note = this.#all.find((each) => each.id === id);
    if (!note) return;
    const { branch, step, text } = note;
    const failure = await this.#change({ type: 'remove-note', id });
    this.#problem = failure;
    if (!failure)
      this.#toasts.show(
        `Note after step ${formatCount(step)} removed.`,
        () => void this.#add({ branch, step, text }),
      );
  }

  async #add(note: NewNote): Promise<Failure | null> {
    const before = this.#all;
    const failure = await this.#change({ type: 'add-note', ...note });
    this.#problem = null;
    const added = this.#all.find(({ id }) => !before.some((note) => note.id === id));
    if (!failure && added)
      this.#toasts.show(
        `Noted after step ${formatCount(note.step)}.`,
        () => void this.remove(added.id),
      );
    return failure;
  }

  async #edit(id: number, text: string): Promise<Failure | null> {
    const was = this.#all.find((note) => note.id === id)?.text;
    if (was === text) return null;
    const failure = await this.#change({ type: 'edit-note', id, text });
    this.#problem = null;
    if (!failure && was !== undefined)
      this.#toasts.show('Note changed.', () => void this.#edit(id, was));
    return failure;
  }

  /** The branch whose step it is: up to a fork, that of the ancestor. */
  #branchAt(step: number): number {
    const { branch } = this.#run.runEvents;
    return stretchesOf(branch).find(({ last }) => step <= last)?.branch ?? branch.number;
  }

  /** @returns why it could not be done; null: it was */
  async #change(request: NoteRequest): Promise<Failure | null> {
    const turn = ++this.#turn;
    const answer = await this.#request(request);
    if ('what' in answer) return answer;
    if (turn === this.#turn) this.#take(answer);
    else void this.read();
    return null;
  }

  #take(answer: CheckpointAnswer): void {
    if (answer.type !== 'notes') return;
    this.#all = answer.notes;
    this.#problem = answer.problem;
  }

  async #request(request: NoteRequest): Promise<CheckpointAnswer | Failure> {
    try {
      const answer = await this.#api.call('checkpoints', request);
      return answer.type === 'refused' ? answer.failure : answer;
    } catch (error) {
      return toFailure(error, 'Notes');
    }
  }
}
