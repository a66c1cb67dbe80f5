import * as v from 'valibot';
import {
  readerEventSchema,
  type ReaderAnswer,
  type ReaderCommand,
  type ReaderEvent,
  type ReaderRequest,
} from '../shared/dataset-requests.ts';
import { FailureError } from '../shared/ipc.ts';
import type { ReadingProgress } from '../shared/reading-progress.ts';
import { PendingAnswers } from './pending-answers.ts';
import { UtilityChild } from './utility-child.ts';

/** Millions of pictures take their time, which is told; a person stops what takes too long. */
const PATIENCE = 24 * 3600 * 1000;
/** Samples beside a form are looked at now and then; reading them again takes a moment, keeping them takes memory. */
const IDLE = 60_000;
/** A gallery is looked through for long; what it is of takes longer to be asked again. */
const IDLE_AFTER_PREDICTIONS = 15 * 60_000;

type Told = Extract<ReaderEvent, { id: number }>;
type AnswerOf<Request extends ReaderRequest> = Extract<ReaderAnswer, { type: Request['type'] }>;

/**
 * The reader's process: there from the first request until what it has read is not looked at any more. Whoever opens data says when
 * that is; where only samples were asked for, it is a while after the last.
 */
export class ReaderHost {
  readonly #entry: string;
  readonly #environment: () => NodeJS.ProcessEnv;
  readonly #onProgress: (progress: ReadingProgress) => void;
  readonly #answers = new PendingAnswers<Told>(PATIENCE);
  #child: UtilityChild | null = null;
  /** What ended the last process, where nobody asked it to. */
  #lastEnd: string | null = null;
  /** Until it is closed, something may be asked of data that are open. */
  #isKept = false;
  #asking = 0;
  #idle: NodeJS.Timeout | undefined;
  #idleAfter = IDLE;

  /**
   * @param entry the bundled reader-main.js
   * @param environment that a process is started with
   */
  constructor(
    entry: string,
    onProgress: (progress: ReadingProgress) => void,
    environment = (): NodeJS.ProcessEnv => process.env,
  ) {
    this.#entry = entry;
    this.#onProgress = onProgress;
    this.#environment = environment;
  }

  /**
   * Asks something of datasets.
   * @returns the answer; null where it was stopped
   * @throws FailureError naming what cannot be read, or that the process ended before it answered
   */
  async ask<Request extends ReaderRequest>(request: Request): Promise<AnswerOf<Request> | null> {
    // Another process would not know of what this one had open.
    if (!this.#child && isOfOpened(request)) throw endedFailure(request, this.#lastEnd);
    this.#child ??= this.#start();
    const child = this.#child;
    this.#beginAsking(request);
    const told = await this.#answers
      .ask((id) => {
        child.send({ type: 'ask', id, request } satisfies ReaderCommand);
      })
      .finally(() => this.#endAsking());
    if (told === null && this.#lastEnd !== null) throw endedFailure(request, this.#lastEnd);
    if (told?.type !== 'answer') return null;
    if (told.answer.type === request.type) return told.answer as AnswerOf<Request>;
    throw new Error(`the reader answered ${told.answer.type} to ${request.type}`);
  }

  /** What is being read is not wanted any more. */
  stop(): void {
    this.#child?.send({ type: 'stop' } satisfies ReaderCommand);
  }

  /** Ends the process, which gives its memory back. */
  close(): void {
    const child = this.#child;
    this.#child = null;
    this.#lastEnd = null;
    this.#isKept = false;
    clearTimeout(this.#idle);
    this.#answers.abandon();
    child?.kill();
  }

  #beginAsking({ type }: ReaderRequest): void {
    clearTimeout(this.#idle);
    this.#asking++;
    if (type === 'predictions' || type === 'images') this.#idleAfter = IDLE_AFTER_PREDICTIONS;
    else if (type !== 'augmented') this.#isKept = true;
  }

  #endAsking(): void {
    this.#asking--;
    clearTimeout(this.#idle);
    if (this.#asking === 0 && !this.#isKept && this.#child)
      this.#idle = setTimeout(() => this.close(), this.#idleAfter);
  }

  #start(): UtilityChild {
    this.#lastEnd = null;
    const child: UtilityChild = new UtilityChild(
      this.#entry,
      'Firstlayer reader',
      {
        onMessage: (message) => {
          if (this.#child === child) this.#receive(message);
        },
        onExit: (cause, lastWords) => {
          if (this.#child !== child) return;
          this.#child = null;
          this.#lastEnd = lastWords === '' ? cause : `${cause}: ${lastWords}`;
          this.#answers.abandon();
        },
      },
      this.#environment(),
    );
    return child;
  }

  #receive(message: unknown): void {
    const event = v.parse(readerEventSchema, message);
    if (event.type === 'reading') {
      const { done, total, unit, secondsLeft } = event;
      this.#onProgress({ done, total, unit, secondsLeft });
    } else if (event.type === 'refused') this.#answers.refuse(event.id, event);
    else this.#answers.settle(event);
  }
}

const isOfOpened = ({ type }: ReaderRequest): boolean => type === 'examples' || type === 'alike';

const endedFailure = (request: ReaderRequest, cause: string | null): FailureError =>
  new FailureError({
    what: `The process that reads data has ended${cause === null ? '' : ` (${cause})`}.`,
    where: 'data' in request ? request.data.dataset : 'the reader process',
    remedy: 'Read the data again. If it ends each time, they may need more memory than there is.',
  });
