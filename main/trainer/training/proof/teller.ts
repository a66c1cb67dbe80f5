import type { ProofProgress } from '../../../../shared/proof.ts';
import { nameOf } from '../../checkpoint/names.ts';
import type { Stretch } from './stretch.ts';

/** Milliseconds between two tellings of how far it is. */
const EVERY = 100;

/** Tells how far a proof has come, and how long it still takes by the steps so far. */
export class ProofTeller {
  readonly #tell: (progress: ProofProgress) => void;
  #stretch: ProofProgress['stretch'] = null;
  #since = 0;
  #toldAt = -Infinity;

  constructor(tell: (progress: ProofProgress) => void) {
    this.#tell = tell;
  }

  tell(doing: ProofProgress['doing']): void {
    this.#tell({ doing, stretch: this.#stretch, secondsLeft: null });
  }

  /** The first step follows. */
  begin({ begin, end }: Stretch, { step }: { step: number }): void {
    const from = begin && nameOf(begin.id);
    this.#stretch = { from, fromStep: step, toStep: end.id.step, step };
    this.#since = performance.now();
    this.tell('training');
  }

  /** @param step that was done last */
  tellStep(step: number): void {
    const now = performance.now();
    const stretch = this.#stretch;
    if (!stretch || now - this.#toldAt < EVERY) return;
    this.#toldAt = now;
    this.#stretch = { ...stretch, step };
    const secondsAStep = (now - this.#since) / 1000 / (step - stretch.fromStep);
    const secondsLeft = secondsAStep * (stretch.toStep - step);
    this.#tell({ doing: 'training', stretch: this.#stretch, secondsLeft });
  }
}
