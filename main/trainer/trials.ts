import type { Failure } from '../../shared/ipc.ts';
import type { TrainerCommandOf } from '../../shared/trainer-commands.ts';
import type { TrainerEvent } from '../../shared/trainer-events.ts';
import { answerMeasuredCost } from './cost-task.ts';
import { answerExperiment } from './experiment-task.ts';
import { answerProof } from './proof-task.ts';
import { answerTriedRates } from './range-test-task.ts';
import {
  cannotMeasure,
  cannotProve,
  experimentBesideTrial,
  experimentOfRun,
  ratesBesideExperiment,
  rateOfRun,
  ratesAreTried,
  ratesWhileProving,
  runWhileProving,
} from './service-refusals.ts';

/** The service that they are a part of. */
interface Host {
  readonly isTraining: () => boolean;
  readonly emit: (event: TrainerEvent) => void;
  /** Long commands run one after the other. */
  readonly enqueue: (task: () => Promise<void>) => void;
}

/** A task that nothing else may run beside. */
interface Trial {
  kind: 'rates' | 'proof' | 'experiment';
  abort: AbortController;
}

/** Why rates cannot be tried beside a trial. */
const rateRefusals: Record<Trial['kind'], Failure> = {
  rates: ratesAreTried,
  proof: ratesWhileProving,
  experiment: ratesBesideExperiment,
};

/** Tasks with networks of their own that are thrown away: trying rates, measuring costs, proving checkpoints, experiments. */
export class Trials {
  readonly #host: Host;
  /** The trial that is under way or waits for its turn; null if there is none. */
  #trial: Trial | null = null;
  /** Aborts the measurement of cost that is under way or waits for its turn; null if there has been none. */
  #measuring: AbortController | null = null;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Why no run can start now; null: it can. */
  runRefusal(folder: string): Failure | null {
    return this.#trial?.kind === 'proof' ? runWhileProving(folder) : null;
  }

  tryRates(command: TrainerCommandOf<'try-rates'>): void {
    const { emit } = this.#host;
    if (!this.#isTaken) {
      this.#begin('rates', (signal) => answerTriedRates(command, signal, emit));
      return;
    }
    const failure = this.#host.isTraining()
      ? rateOfRun
      : rateRefusals[this.#trial?.kind ?? 'rates'];
    emit({ type: 'rates-refused', id: command.id, ...failure });
  }

  stopRates(): void {
    this.#stop('rates');
  }

  experiment(command: TrainerCommandOf<'experiment'>): void {
    const { emit } = this.#host;
    if (!this.#isTaken) {
      this.#begin('experiment', (signal) => answerExperiment(command, signal, emit));
      return;
    }
    const failure = this.#host.isTraining() ? experimentOfRun : experimentBesideTrial;
    emit({ type: 'experiment-refused', id: command.id, ...failure });
  }

  stopExperiment(): void {
    this.#stop('experiment');
  }

  measureCost(command: TrainerCommandOf<'measure-cost'>): void {
    const { emit } = this.#host;
    if (this.#isTaken) {
      emit({ type: 'cost-refused', id: command.id, ...cannotMeasure });
      return;
    }
    this.stopMeasuring();
    const measuring = new AbortController();
    this.#measuring = measuring;
    this.#host.enqueue(() => answerMeasuredCost(command, measuring.signal, emit));
  }

  stopMeasuring(): void {
    this.#measuring?.abort();
  }

  prove(command: TrainerCommandOf<'prove'>): void {
    const { emit } = this.#host;
    if (this.#isTaken) {
      emit({ type: 'proof-refused', id: command.id, ...cannotProve(command.checkpointDir) });
      return;
    }
    this.#begin('proof', (signal) => answerProof(command, signal, emit));
  }

  stopProving(): void {
    this.#stop('proof');
  }

  endAll(): void {
    this.#trial?.abort.abort();
    this.stopMeasuring();
  }

  get #isTaken(): boolean {
    return this.#host.isTraining() || this.#trial !== null;
  }

  #begin(kind: Trial['kind'], task: (signal: AbortSignal) => Promise<void>): void {
    this.stopMeasuring();
    const abort = new AbortController();
    this.#trial = { kind, abort };
    this.#host.enqueue(async () => {
      await task(abort.signal);
      this.#trial = null;
    });
  }

  #stop(kind: Trial['kind']): void {
    if (this.#trial?.kind === kind) this.#trial.abort.abort();
  }
}
