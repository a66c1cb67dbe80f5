import * as v from 'valibot';
import type { CheckpointAnswer, CheckpointRequest } from '../shared/checkpoint-protocol.ts';
import type {
  RangeProgress,
  RangeTestRequest,
  RangeTestResult,
} from '../shared/range-test-protocol.ts';
import type { CostRequest, MeasuredCost } from '../shared/cost-protocol.ts';
import type { ExperimentProgress, ExperimentResult } from '../shared/experiment-protocol.ts';
import type { ExperimentId } from '../shared/experiments.ts';
import { questions, type Answer, type Question } from '../shared/questions.ts';
import type { TrainerCommand } from '../shared/trainer-commands.ts';
import {
  trainerEventSchema,
  type TrainerEvent,
  type TrainerEventOf,
} from '../shared/trainer-events.ts';
import { FailureError } from '../shared/ipc.ts';
import { PendingAnswers } from './pending-answers.ts';
import { isProofEvent, type ProofEvent } from './prover.ts';
import { endedFailure, TrialAnswers } from './trial-answers.ts';
import { UtilityChild } from './utility-child.ts';

/** How the trainer process came to an end without being asked to. */
export interface Crash {
  /** Exit code, or on POSIX the signal, in words. */
  cause: string;
  /** What it wrote to stderr last; may be empty. */
  lastWords: string;
}

export interface TrainerListener {
  onEvent(event: TrainerEvent): void;
  onCrash(crash: Crash): void;
  onRatesProgress?(progress: RangeProgress): void;
  onExperimentProgress?(progress: ExperimentProgress): void;
  /** @param event null: the process has ended */
  onProof?(event: ProofEvent | null): void;
}

/** Milliseconds: a graph is built or evaluated before a prediction, every byte of a folder's checkpoints read. */
const [ANSWER_PATIENCE, CHECKPOINTS_PATIENCE] = [60_000, 600_000];

/**
 * The trainer's process. It starts with the first command that needs it, tells a crash from a normal end, and is ended within a time limit.
 */
export class TrainerHost {
  readonly #entry: string;
  readonly #listener: TrainerListener;
  readonly #environment: () => NodeJS.ProcessEnv;
  readonly #answers = new PendingAnswers<TrainerEventOf<'answer'>>(ANSWER_PATIENCE);
  readonly #checkpointAnswers = new PendingAnswers<TrainerEventOf<'checkpoints'>>(
    CHECKPOINTS_PATIENCE,
  );
  readonly #trials = new TrialAnswers();
  #child: UtilityChild | null = null;
  #ending: Promise<void> | null = null;
  /** Commands for the next process while the present one is being ended; null otherwise. */
  #held: TrainerCommand[] | null = null;

  /**
   * @param entry the bundled utility-main.js
   * @param environment of the process, at each start
   */
  constructor(
    entry: string,
    listener: TrainerListener,
    environment = (): NodeJS.ProcessEnv => process.env,
  ) {
    this.#entry = entry;
    this.#listener = listener;
    this.#environment = environment;
  }

  get isRunning(): boolean {
    return this.#child !== null;
  }

  /** Starts the process if there is none, so that the first command need not wait for it. */
  prepare(): void {
    if (!this.#held) this.#child ??= this.#start();
  }

  /** Sends a command, and starts the process if there is none. */
  send(command: TrainerCommand): void {
    if (this.#held) this.#held.push(command);
    else (this.#child ??= this.#start()).send(command);
  }

  /**
   * Asks the network a question.
   * @param ofShipped asks the small network that the app ships with, which starts the process if there is none
   * @returns the answer; an empty one if there is no process, or it ends meanwhile
   * @throws FailureError if the trainer refuses to answer, or is late
   */
  async ask(question: Question, ofShipped = false): Promise<Answer> {
    const { empty } = questions[question.type];
    if (!this.#child && !ofShipped) return empty;
    const event = await this.#answers.ask((id) => {
      this.send({ type: 'ask', id, question, ...(ofShipped && { ofShipped }) });
    });
    return event?.answer ?? empty;
  }

  /**
   * Sends a request about a folder's checkpoints, to read or change them. Starts the process if there is none.
   * @returns the answer, which may be a refusal
   * @throws FailureError if the trainer is late, or ends meanwhile
   */
  async checkpoints(folder: string, request: CheckpointRequest): Promise<CheckpointAnswer> {
    const event = await this.#checkpointAnswers.ask((id) => {
      this.send({ type: 'checkpoints', id, checkpointDir: folder, request });
    });
    if (event) return event.answer;
    throw new FailureError({
      what: 'The trainer ended before it answered.',
      where: folder,
      remedy: 'Ask again: what the folder holds is as the trainer left it.',
    });
  }

  /**
   * Tries learning rates on a copy of the network. Starts the process if there is none.
   * @param folder whose newest checkpoint it begins with, if that is asked for
   * @throws FailureError if the trainer refuses, or ends meanwhile
   */
  async tryRates(
    { config, range, start }: RangeTestRequest,
    folder: string,
  ): Promise<RangeTestResult> {
    const weightsFrom = start === 'checkpoint' ? { weightsFrom: folder } : {};
    const event = await this.#trials.rates.ask((id) => {
      this.send({ type: 'try-rates', id, config, range, ...weightsFrom });
    });
    if (event) return event.result;
    throw endedFailure('tried rates');
  }

  /** Stops the test; the answer then has the rates that were tried so far. */
  stopTryingRates(): void {
    this.#child?.send({ type: 'stop-trying-rates' } satisfies TrainerCommand);
  }

  /**
   * Trains the two networks of an experiment. Starts the process if there is none.
   * @throws FailureError if the trainer refuses, or ends meanwhile
   */
  async experiment(experiment: ExperimentId): Promise<ExperimentResult> {
    const event = await this.#trials.experiments.ask((id) => {
      this.send({ type: 'experiment', id, experiment });
    });
    if (event) return event.result;
    throw endedFailure('made an experiment');
  }

  /** Stops it; the answer then has what was done so far. */
  stopExperiment(): void {
    this.#child?.send({ type: 'stop-experiment' } satisfies TrainerCommand);
  }

  /**
   * Times some steps of a configuration. Starts the process if there is none.
   * @returns null if it was stopped, also by a run that begins or by another measurement
   * @throws FailureError if the trainer refuses, or ends meanwhile
   */
  async measureCost(request: CostRequest): Promise<MeasuredCost | null> {
    const event = await this.#trials.costs.ask((id) => {
      this.send({ type: 'measure-cost', id, ...request });
    });
    if (event) return event.measured;
    throw endedFailure('measured');
  }

  stopMeasuringCost(): void {
    this.#child?.send({ type: 'stop-measuring-cost' } satisfies TrainerCommand);
  }

  /** Asks the process to save and end, and waits; it is killed if it has not ended after `patience` ms. */
  shutdown(patience: number): Promise<void> {
    const child = this.#child;
    if (child === null) return Promise.resolve();
    if (this.#ending === null) {
      this.#ending = child.ended(patience);
      child.send({ type: 'shutdown' } satisfies TrainerCommand);
    }
    return this.#ending;
  }

  /**
   * Ends the process because its start-up settings have changed. Commands sent from now on go to the next process.
   * @param patience like that of `shutdown`
   */
  async restart(patience: number): Promise<void> {
    const held = (this.#held ??= []);
    await this.shutdown(patience);
    this.#held = null;
    for (const command of held.splice(0)) this.send(command);
  }

  #start(): UtilityChild {
    return new UtilityChild(
      this.#entry,
      'Firstlayer trainer',
      {
        onMessage: (message) => {
          this.#receive(message);
        },
        onExit: (cause, lastWords) => {
          const expected = this.#ending !== null;
          this.#child = null;
          this.#ending = null;
          this.#answers.abandon();
          this.#checkpointAnswers.abandon();
          this.#trials.abandon();
          this.#listener.onProof?.(null);
          if (!expected) this.#listener.onCrash({ cause, lastWords });
        },
      },
      this.#environment(),
    );
  }

  #receive(message: unknown): void {
    const parsed = v.safeParse(trainerEventSchema, message);
    if (!parsed.success) {
      const [issue] = parsed.issues;
      this.#listener.onEvent({
        type: 'warning',
        what: `The trainer sent something that is not part of its protocol: ${v.getDotPath(issue) ?? ''} ${issue.message}`,
        where: 'the trainer process',
        remedy: 'This should not happen. Please report it with the message above.',
      });
      return;
    }
    const event = parsed.output;
    if (event.type === 'answer') this.#answers.settle(event);
    else if (event.type === 'checkpoints') this.#checkpointAnswers.settle(event);
    else if (this.#trials.take(event)) return;
    else if (isProofEvent(event)) this.#listener.onProof?.(event);
    else if (event.type === 'rates-progress') {
      const { doing, tried, secondsLeft } = event;
      this.#listener.onRatesProgress?.({ doing, tried, secondsLeft });
    } else if (event.type === 'experiment-progress') {
      const { doing, points, secondsLeft } = event;
      this.#listener.onExperimentProgress?.({ doing, points, secondsLeft });
    } else if (event.type === 'refused') this.#answers.refuse(event.id, event);
    else this.#listener.onEvent(event);
  }
}
