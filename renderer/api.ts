import * as v from 'valibot';
import { contract, type AppContract } from '../shared/contract.ts';
import {
  FailureError,
  type Bridge,
  type CallInput,
  type CallName,
  type CallOutput,
  type EventName,
  type EventPayload,
  type Failure,
} from '../shared/ipc.ts';
import { failureSchema } from '../shared/checkpoint-protocol.ts';
import type { DatasetAnswer, DatasetAnswerTo, DatasetRequest } from '../shared/dataset-requests.ts';
import type { PredictionAnswerTo, PredictionRequest } from '../shared/predictions.ts';
import type { AnswerTo, Question } from '../shared/questions.ts';

declare global {
  interface Window {
    firstlayer: Bridge;
  }
}

const resultSchema = v.variant('ok', [
  v.object({ ok: v.literal(true), value: v.optional(v.unknown()) }),
  v.object({ ok: v.literal(false), error: failureSchema }),
]);

type Input<N extends CallName<AppContract>> =
  undefined extends CallInput<AppContract, N> ? [] : [input: CallInput<AppContract, N>];

/** An event that is listened to. */
interface Heard<N extends EventName<AppContract>> {
  listeners: Set<(payload: EventPayload<AppContract, N>) => void>;
  end: () => void;
}

/** The main process as the window sees it: typed by the contract, and every answer and event parsed by it. */
export class Api {
  readonly #bridge: Bridge;
  /** `Heard` of each event that is listened to, by its name. */
  readonly #heard = new Map<EventName<AppContract>, unknown>();
  /** Told of events that are not what the contract says. */
  onMalformed: (failure: Failure) => void = () => undefined;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  /** @throws FailureError when the main process refuses, fails, or answers something else than the contract says */
  async call<N extends CallName<AppContract>>(
    name: N,
    ...input: Input<N>
  ): Promise<CallOutput<AppContract, N>> {
    const schemas = contract.calls[name];
    // Parsing also turns reactive proxies into plain data, which alone can cross to another process.
    const request = v.safeParse(schemas.input, input[0]);
    if (!request.success) throw malformedFailure(`call ${name}`, request.issues[0].message);
    const answer = v.safeParse(resultSchema, await this.#bridge.invoke(name, request.output));
    if (!answer.success) throw malformedFailure(`answer to ${name}`, answer.issues[0].message);
    if (!answer.output.ok) throw new FailureError(answer.output.error);
    const value = v.safeParse(schemas.output, answer.output.value);
    if (!value.success) throw malformedFailure(`answer to ${name}`, value.issues[0].message);
    return value.output;
  }

  /**
   * Asks the network something.
   * @returns the answer to that question; an empty one where there is no network yet
   * @throws FailureError as `call` does
   */
  async ask<Q extends Question>(question: Q): Promise<AnswerTo<Q['type']>> {
    return this.#ask('ask', question);
  }

  /** Asks the small network that the app ships with, like `ask`. */
  async askShipped<Q extends Question>(question: Q): Promise<AnswerTo<Q['type']>> {
    return this.#ask('askShipped', question);
  }

  async #ask<Q extends Question>(
    call: 'ask' | 'askShipped',
    question: Q,
  ): Promise<AnswerTo<Q['type']>> {
    const answer = await this.call(call, question);
    if (answer.type !== question.type)
      throw malformedFailure(`answer to ${question.type}`, `it is one to ${answer.type}`);
    return answer;
  }

  /**
   * Asks the network of a checkpoint of the present folder, which is held until `releaseCheckpoint`.
   * @returns the answer to that question; null where something else was asked meanwhile
   * @throws FailureError as `call` does
   */
  async askCheckpoint<Q extends Question>(
    checkpoint: string,
    question: Q,
  ): Promise<AnswerTo<Q['type']> | null> {
    const answer = await this.call('askCheckpoint', { checkpoint, question });
    if (answer !== null && answer.type !== question.type)
      throw malformedFailure(`answer to ${question.type}`, `it is one to ${answer.type}`);
    return answer;
  }

  /**
   * Asks something of datasets.
   * @returns the answer to that request; null where it was stopped
   * @throws FailureError as `call` does
   */
  async askDataset<R extends DatasetRequest>(
    request: R,
  ): Promise<DatasetAnswerTo<R['type']> | null> {
    const answer = await this.call('dataset', request);
    if (answer === null || isAnswerTo(request.type, answer)) return answer;
    throw malformedFailure(`answer to ${request.type}`, 'it is one to something else');
  }

  /**
   * Asks what a checkpoint takes examples for, or for their images.
   * @returns the answer to that request; null where it was stopped
   * @throws FailureError as `call` does
   */
  async askPredictions<R extends PredictionRequest>(
    request: R,
  ): Promise<PredictionAnswerTo<R['type']> | null> {
    const answer = await this.call('predictions', request);
    if (answer !== null && answer.type !== request.type)
      throw malformedFailure(`answer to ${request.type}`, `it is one to ${answer.type}`);
    return answer as PredictionAnswerTo<R['type']> | null;
  }

  /**
   * An event is copied to this page and parsed once, however many listen: a run's history has thousands of points.
   * @returns the function that ends it
   */
  on<N extends EventName<AppContract>>(
    name: N,
    listener: (payload: EventPayload<AppContract, N>) => void,
  ): () => void {
    const heard = (this.#heard.get(name) as Heard<N> | undefined) ?? this.#hear(name);
    // Each time another function, so that one that listens twice is told twice.
    const own = (payload: EventPayload<AppContract, N>): void => {
      listener(payload);
    };
    heard.listeners.add(own);
    return () => {
      heard.listeners.delete(own);
      if (heard.listeners.size > 0 || this.#heard.get(name) !== heard) return;
      this.#heard.delete(name);
      heard.end();
    };
  }

  #hear<N extends EventName<AppContract>>(name: N): Heard<N> {
    const listeners: Heard<N>['listeners'] = new Set();
    const end = this.#bridge.on(name, (raw) => {
      const payload = v.safeParse(contract.events[name], raw);
      if (payload.success) for (const listener of [...listeners]) listener(payload.output);
      else this.onMalformed(malformedFailure(`event ${name}`, payload.issues[0].message).failure);
    });
    const heard = { listeners, end };
    this.#heard.set(name, heard);
    return heard;
  }
}

const isAnswerTo = <T extends DatasetRequest['type']>(
  type: T,
  answer: DatasetAnswer,
): answer is DatasetAnswer & DatasetAnswerTo<T> => answer.type === type;

const malformedFailure = (where: string, message: string): FailureError =>
  new FailureError({
    what: `The window and the app do not understand each other: ${message}`,
    where,
    remedy: 'Restart the app. If it happens again, please report it with this message.',
  });
