import type { ProofProgress, ProofRequest, ProofState } from '../../shared/proof.ts';
import type { Api } from '../api.ts';
import type { Notices } from './notices.svelte.ts';

/** The newest proof of a checkpoint, as the main process tells it: it outlives a reload. */
export class Proofs {
  readonly #api: Api;
  readonly #notices: Notices;
  #state = $state.raw<ProofState | null>(null);

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
    api.on('proof', (state) => this.take(state));
  }

  /** Null: there is none. */
  get state(): ProofState | null {
    return this.#state;
  }
  /** How far it is; null: none is under way. */
  get progress(): ProofProgress | null {
    return this.#state?.progress ?? null;
  }
  get isProving(): boolean {
    return this.progress !== null;
  }

  take(state: ProofState | null): void {
    this.#state = state;
  }

  async prove(request: ProofRequest): Promise<void> {
    await this.#notices.attempt('Prove', () => this.#api.call('prove', request));
  }
  async stop(): Promise<void> {
    await this.#notices.attempt('Stop proving', () => this.#api.call('stopProving'));
  }
  async dismiss(): Promise<void> {
    await this.#notices.attempt('Proof', () => this.#api.call('dismissProof'));
  }
}
