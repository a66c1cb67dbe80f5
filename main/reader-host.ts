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

/** Milliseconds: millions of pictures take long; progress is shown, and a person can stop it. */
const PATIENCE = 24 * 3600 * 1000;
/**
 * Milliseconds without a request: samples beside a form are needed now and then; keeping them takes memory, reading them again a moment.
 */
const IDLE = 60_000;
/** A gallery is looked through for long; what it is of takes longer to be asked again. */
const IDLE_AFTER_PREDICTIONS = 15 * 60_000;

type Told = Extract<ReaderEvent, { id: number }>;
type AnswerOf<Request extends ReaderRequest> = Extract<ReaderAnswer, { type: Request['type'] }>;

/**
 * The reader's process. It runs from the first request until its data are no longer needed. Whoever opens data says when that is; if only
 * samples were asked for, it ends some time after the last request.
 */
export class ReaderHost {
  readonly #entry: string;
  readonly #environment: () => NodeJS.ProcessEnv;
  readonly #onProgress: (progress: ReadingProgress) => void;
  readonly #answers = new PendingAnswers<Told>(PATIENCE);
  #child: UtilityChild | null = null;
  /** Why the last process ended, if nobody asked it to. */
  #lastEnd: string | null = null;
  /** Whether data are open about which questions may come, until `close`. */
  #isKept = false;
  #asking = 0;
  #idle: NodeJS.Timeout | undefined;
  #idleAfter = IDLE;

  /**
   * @param entry the bundled reader-main.js
   * @param environment of the process, at each start
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
   * Sends a request about datasets.
   * @returns the answer; null if the request was stopped
   * @throws FailureError that names what cannot be read, or says that the process ended before it answered
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

  /** Gives back the memory of a checkpoint's network, if it is held. */
  release(): void {
    if (this.#child) void this.ask({ type: 'release' }).catch(() => undefined);
  }

  /** Stops the reading, whose result is no longer wanted. */
  stop(): void {
    this.#child?.send({ type: 'stop' } satisfies ReaderCommand);
  }

  /** Ends the process, to free its memory. */
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
    if (lookedThrough.has(type)) this.#idleAfter = IDLE_AFTER_PREDICTIONS;
    else if (!passing.has(type)) this.#isKept = true;
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

/** Requests of a person who looks through images for long. */
const lookedThrough: ReadonlySet<ReaderRequest['type']> = new Set([
  'predictions',
  'images',
  'most-exciting',
  'class-image',
  'calibration',
]);

/** Requests that leave nothing open about which others may come. */
const passing: ReadonlySet<ReaderRequest['type']> = new Set([
  'augmented',
  'worst',
  'question',
  'release',
]);

const isOfOpened = ({ type }: ReaderRequest): boolean => type === 'examples' || type === 'alike';

const endedFailure = (request: ReaderRequest, cause: string | null): FailureError =>
  new FailureError({
    what: `The process that reads data has ended${cause === null ? '' : ` (${cause})`}.`,
    where: 'data' in request ? request.data.dataset : 'the reader process',
    remedy: 'Read the data again. If it ends each time, they may need more memory than there is.',
  });
