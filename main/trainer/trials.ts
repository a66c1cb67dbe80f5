import type { Failure } from '../../shared/ipc.ts';
import type { TrainerCommandOf } from '../../shared/trainer-commands.ts';
import type { TrainerEvent } from '../../shared/trainer-events.ts';
import { answerMeasuredCost } from './cost-task.ts';
import { answerProof } from './proof-task.ts';
import { answerTriedRates } from './range-test-task.ts';
import {
  cannotMeasure,
  cannotProve,
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

/** What has a network of its own that is thrown away: rates that are tried, costs that are measured, checkpoints that are proven. */
export class Trials {
  readonly #host: Host;
  /** Of what is under way, or waits for its turn; null: there is none. */
  #rates: AbortController | null = null;
  #measuring: AbortController | null = null;
  #proving: AbortController | null = null;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Why no run can start now; null: it can. */
  runRefusal(folder: string): Failure | null {
    return this.#proving && runWhileProving(folder);
  }

  tryRates(command: TrainerCommandOf<'try-rates'>): void {
    const { emit } = this.#host;
    const isTraining = this.#host.isTraining();
    if (isTraining || this.#rates || this.#proving) {
      const tried = this.#rates ? ratesAreTried : ratesWhileProving;
      const failure = isTraining ? rateOfRun : tried;
      emit({ type: 'rates-refused', id: command.id, ...failure });
      return;
    }
    this.stopMeasuring();
    const rates = new AbortController();
    this.#rates = rates;
    this.#host.enqueue(async () => {
      await answerTriedRates(command, rates.signal, emit);
      this.#rates = null;
    });
  }

  stopRates(): void {
    this.#rates?.abort();
  }

  measureCost(command: TrainerCommandOf<'measure-cost'>): void {
    const { emit } = this.#host;
    const isTraining = this.#host.isTraining();
    if (isTraining || this.#rates || this.#proving) {
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
    const isTraining = this.#host.isTraining();
    if (isTraining || this.#rates || this.#proving) {
      const failure = cannotProve(command.checkpointDir);
      emit({ type: 'proof-refused', id: command.id, ...failure });
      return;
    }
    this.stopMeasuring();
    const proving = new AbortController();
    this.#proving = proving;
    this.#host.enqueue(async () => {
      await answerProof(command, proving.signal, emit);
      this.#proving = null;
    });
  }

  stopProving(): void {
    this.#proving?.abort();
  }

  endAll(): void {
    this.stopRates();
    this.stopMeasuring();
    this.stopProving();
  }
}
