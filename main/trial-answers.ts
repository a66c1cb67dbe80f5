import { FailureError } from '../shared/ipc.ts';
import type { TrainerEvent, TrainerEventOf } from '../shared/trainer-events.ts';
import { PendingAnswers } from './pending-answers.ts';

/** Milliseconds to build a large network's graph and do a step or two. */
const COST_PATIENCE = 600_000;
/** Milliseconds: a large network takes long for some hundred steps; progress is shown, and a person can stop it. */
const STEPS_PATIENCE = 24 * 3600 * 1000;

/** The answers that are waited for of what trains networks which are thrown away. */
export class TrialAnswers {
  readonly rates = new PendingAnswers<TrainerEventOf<'rates-tried'>>(STEPS_PATIENCE);
  readonly costs = new PendingAnswers<TrainerEventOf<'cost-measured'>>(COST_PATIENCE);
  readonly experiments = new PendingAnswers<TrainerEventOf<'experiment-done'>>(STEPS_PATIENCE);

  /** Passes an answer or a refusal on; false: the event is neither. */
  take(event: TrainerEvent): boolean {
    if (event.type === 'rates-tried') this.rates.settle(event);
    else if (event.type === 'rates-refused') this.rates.refuse(event.id, event);
    else if (event.type === 'cost-measured') this.costs.settle(event);
    else if (event.type === 'cost-refused') this.costs.refuse(event.id, event);
    else if (event.type === 'experiment-done') this.experiments.settle(event);
    else if (event.type === 'experiment-refused') this.experiments.refuse(event.id, event);
    else return false;
    return true;
  }

  /** No answers will come any more. */
  abandon(): void {
    this.rates.abandon();
    this.costs.abandon();
    this.experiments.abandon();
  }
}

/** @param doing what it did, in the past */
export const endedFailure = (doing: string): FailureError =>
  new FailureError({
    what: `The trainer ended while it ${doing}.`,
    where: 'the trainer process',
    remedy: 'Try again; a smaller batch or network needs less memory.',
  });
