import type { Proof } from '../../../../shared/proof.ts';
import type { StepEvent } from '../../../../shared/trainer-events.ts';
import { epochOrder } from '../../data/batches.ts';
import { countStepsAtOnce } from '../choose-steps-at-once.ts';
import { closeEpoch, countStep } from '../epoch.ts';
import type { Run } from '../run.ts';
import { runSteps, type DoneStep } from '../steps.ts';
import type { Replay } from './replay.ts';

type Difference = NonNullable<Proof['firstDifference']>;

/** How the steps of a stretch went, held against what was recorded of them. */
export interface TrainedAgain {
  /** False: it was stopped before. */
  isComplete: boolean;
  compared: number;
  firstDifference: Difference | null;
}

export interface Again {
  run: Run;
  replay: Replay;
  /** The step that it ends with. */
  toStep: number;
  /** As it was recorded. */
  recorded: readonly StepEvent[];
  signal: AbortSignal;
  onStep: () => void;
}

/**
 * Trains a run up to a step as the training loop does, without validating and saving, which change no weight. It goes on to the end
 * where a number differs, unless a loss or gradient is not finite.
 */
export async function trainAgain(again: Again): Promise<TrainedAgain> {
  const { run, replay, toStep, signal, onStep } = again;
  const comparison = new Comparison(again.recorded, run.cursor.step);
  let order = orderOfEpoch(run);
  let leastSeconds = Infinity;
  for (;;) {
    // Commands and questions to the service's own network are served between the steps.
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) return { isComplete: false, ...comparison.result };
    if (run.isEpochTrained) {
      closeEpoch(run);
      order = orderOfEpoch(run);
    }
    replay.applyDue(run);
    if (run.cursor.step >= toStep) return { isComplete: true, ...comparison.result };
    const { step } = run.cursor;
    const room = Math.min(toStep - step, replay.stepsUntilNext(step));
    const count = countStepsAtOnce(run, leastSeconds, room);
    const { done, diverged } = runSteps(run, order, run.nextLearningRates(count));
    for (const each of done) {
      countStep(run.cursor, each);
      leastSeconds = Math.min(leastSeconds, each.seconds);
      comparison.add(each);
    }
    onStep();
    if (!diverged) continue;
    comparison.noteDiverged(diverged.number);
    return { isComplete: true, ...comparison.result };
  }
}

const orderOfEpoch = ({ dataset, config, cursor }: Run): Uint32Array =>
  epochOrder(dataset.train.count, config.training.seed, cursor.epoch);

/** Finds the first step whose recorded numbers are not those that came out again: every bit of each counts. */
class Comparison {
  readonly #recorded: ReadonlyMap<number, StepEvent>;
  #after: number;
  #compared = 0;
  #first: Difference | null = null;

  constructor(recorded: readonly StepEvent[], fromStep: number) {
    this.#recorded = new Map(recorded.map((event) => [event.step, event]));
    this.#after = fromStep;
  }

  get result(): Omit<TrainedAgain, 'isComplete'> {
    return { compared: this.#compared, firstDifference: this.#first };
  }

  add({ number: step, batch, outcome, learningRate }: DoneStep): void {
    const recorded = this.#recorded.get(step);
    if (!recorded) return;
    this.#compared++;
    if (this.#first) return;
    const now = { learningRate, loss: outcome.loss, accuracy: outcome.correct / batch.size };
    for (const number of ['learningRate', 'loss', 'accuracy'] as const)
      if (recorded[number] !== now[number]) {
        const numbers = { recorded: recorded[number], again: finiteOrNull(now[number]) };
        this.#first = { step, after: this.#after, number, ...numbers };
        return;
      }
    this.#after = step;
  }

  noteDiverged(step: number): void {
    const recorded = this.#recorded.get(step)?.loss ?? 0;
    this.#first ??= { step, after: this.#after, number: 'loss', recorded, again: null };
  }
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
