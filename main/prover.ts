import type { ProofProgress, ProofRequest, ProofState } from '../shared/proof.ts';
import type { TrainerCommand } from '../shared/trainer-commands.ts';
import type { TrainerEvent, TrainerEventOf } from '../shared/trainer-events.ts';
import type { Send } from './ipc.ts';

export type ProofEvent = TrainerEventOf<'proof-progress' | 'proved' | 'proof-refused'>;

export const isProofEvent = (event: TrainerEvent): event is ProofEvent =>
  event.type === 'proof-progress' || event.type === 'proved' || event.type === 'proof-refused';

const beginning: ProofProgress = { doing: 'reading the data', stretch: null, secondsLeft: null };

/** Has checkpoints proven, one at a time, and keeps what is known of the newest proof for a window that opens late or reloads. */
export class Prover {
  readonly #trainer: { send(command: TrainerCommand): void };
  readonly #send: Send;
  #state: ProofState | null = null;
  /** Of the newest command: what is told of an earlier one does not count. */
  #id = 0;

  constructor(trainer: { send(command: TrainerCommand): void }, send: Send) {
    this.#trainer = trainer;
    this.#send = send;
  }

  /** Null: nothing was proven yet, or the person has put it away. */
  get state(): ProofState | null {
    return this.#state;
  }

  get isProving(): boolean {
    return this.#state !== null && this.#state.progress !== null;
  }

  /** Whoever calls sees to it that neither a run nor another proof is under way. */
  prove(folder: string, request: ProofRequest): void {
    this.#id++;
    this.#set({ folder, request, progress: beginning, proof: null, failure: null });
    this.#trainer.send({ type: 'prove', id: this.#id, checkpointDir: folder, request });
  }

  stop(): void {
    if (this.#state?.progress) this.#trainer.send({ type: 'stop-proving' });
  }

  /** Forgets a proof that has ended. */
  dismiss(): void {
    if (this.#state && !this.#state.progress) this.#set(null);
  }

  /** @param event null: the trainer's process has ended */
  onEvent(event: ProofEvent | null): void {
    const state = this.#state;
    if (!state?.progress || (event && event.id !== this.#id)) return;
    if (event?.type === 'proof-progress') {
      const { doing, stretch, secondsLeft } = event;
      this.#set({ ...state, progress: { doing, stretch, secondsLeft } });
    } else if (event?.type === 'proved') {
      this.#set({ ...state, progress: null, proof: event.proof });
    } else {
      const { what, where, remedy } = event ?? trainerEnded(state.folder);
      this.#set({ ...state, progress: null, failure: { what, where, remedy } });
    }
  }

  #set(state: ProofState | null): void {
    this.#state = state;
    this.#send('proof', state);
  }
}

const trainerEnded = (where: string) => ({
  what: 'The trainer ended before it had proven anything.',
  where,
  remedy: 'Try again: the folder is as it was.',
});
