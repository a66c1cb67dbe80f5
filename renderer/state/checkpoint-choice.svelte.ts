import type {
  CheckpointAnswer,
  CheckpointComparison,
  WindowCheckpointRequest,
} from '../../shared/checkpoint-protocol.ts';
import { FailureError, toFailure, type Failure } from '../../shared/ipc.ts';
import type { Api } from '../api.ts';
import { kernelsOf, type Kernel } from '../chart/filters.ts';

/** Two checkpoints side by side: A, which was kept for that, and B, the one that is selected. */
export interface ComparedPair {
  a: string;
  b: string;
  comparison: CheckpointComparison;
  /** First-layer kernels of each; none where the network has no convolution. */
  kernelsA: Kernel[];
  kernelsB: Kernel[];
}

/** Which checkpoint of the folder a person looks at, and which one it is compared with. */
export class CheckpointChoice {
  readonly #api: Api;
  #selected = $state<string | null>(null);
  #a = $state<string | null>(null);
  #pair = $state.raw<ComparedPair | null>(null);
  #failure = $state.raw<Failure | null>(null);
  /** Raised whenever another pair is asked for. */
  #turn = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** The name of the one that is selected; null: none was. */
  get selected(): string | null {
    return this.#selected;
  }
  /** The name of the one that others are compared with; null: none is. */
  get a(): string | null {
    return this.#a;
  }
  /** The name of the one that A is compared with; null: nothing is compared. */
  get b(): string | null {
    return this.#a !== null && this.#selected !== this.#a ? this.#selected : null;
  }
  /** Null: nothing is compared, or it is being read. */
  get pair(): ComparedPair | null {
    return this.#pair;
  }
  /** Why the two could not be compared. */
  get failure(): Failure | null {
    return this.#failure;
  }

  select(name: string | null): void {
    if (name === this.#selected) return;
    this.#selected = name;
    void this.#compare();
  }
  /** Null: nothing is compared any more. */
  compareFrom(name: string | null): void {
    this.#a = name;
    void this.#compare();
  }

  async #compare(): Promise<void> {
    const turn = ++this.#turn;
    const { a, b } = this;
    this.#failure = null;
    this.#pair = null;
    if (a === null || b === null) return;
    try {
      const compared = await this.#ask({ type: 'compare', name: a, with: b });
      // Asked for after it: the folder answers one after the other.
      const [ofA, ofB] = [await this.#kernels(a), await this.#kernels(b)];
      if (turn !== this.#turn || compared.type !== 'compare') return;
      this.#pair = { a, b, comparison: compared.comparison, kernelsA: ofA, kernelsB: ofB };
    } catch (error) {
      if (turn === this.#turn) this.#failure = toFailure(error, 'Compare');
    }
  }

  async #kernels(name: string): Promise<Kernel[]> {
    const answer = await this.#ask({ type: 'kernels', name });
    return answer.type === 'kernels' ? kernelsOf(answer) : [];
  }

  /** @throws FailureError where the folder refuses */
  async #ask(request: WindowCheckpointRequest): Promise<CheckpointAnswer> {
    const answer = await this.#api.call('checkpoints', request);
    if (answer.type === 'refused') throw new FailureError(answer.failure);
    return answer;
  }
}
