import type { GenericSchema, InferOutput } from 'valibot';
import { messageOf, systemFault } from './system-errors.ts';

/** What a person is told when something fails: the cause, the place, and what to do about it. */
export interface Failure {
  what: string;
  where: string;
  remedy: string;
}

/** What every call answers with, since no thrown error crosses a process. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure };

/** A request of the renderer to the main process. */
export interface Call<Input extends GenericSchema, Output extends GenericSchema> {
  input: Input;
  output: Output;
}

export interface Contract {
  calls: Record<string, Call<GenericSchema, GenericSchema>>;
  events: Record<string, GenericSchema>;
}

export type CallName<C extends Contract> = keyof C['calls'] & string;
export type EventName<C extends Contract> = keyof C['events'] & string;

export type CallInput<C extends Contract, N extends CallName<C>> = InferOutput<
  C['calls'][N]['input']
>;
export type CallOutput<C extends Contract, N extends CallName<C>> = InferOutput<
  C['calls'][N]['output']
>;
export type EventPayload<C extends Contract, N extends EventName<C>> = InferOutput<C['events'][N]>;

/** The main process's side: a handler for every call. */
export type Handlers<C extends Contract> = {
  [N in CallName<C>]: (input: CallInput<C, N>) => CallOutput<C, N> | Promise<CallOutput<C, N>>;
};

/** What the preload puts on `window.firstlayer`: two functions and no logic. */
export interface Bridge {
  invoke(call: string, input: unknown): Promise<unknown>;
  on(event: string, listener: (payload: unknown) => void): () => void;
}

/** Prefix of every channel, so that nothing else is ever forwarded. */
export const CHANNEL = 'firstlayer:';

/** An error with a text for a person. Anything else that is thrown is a refusal of the system, or a bug that is reported as one. */
export class FailureError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(`${failure.what} (${failure.where}) ${failure.remedy}`, options);
    this.name = 'FailureError';
    this.failure = failure;
  }
}

/** Turns any thrown value into a `Failure`; `where` is its place if the error has none. */
export function toFailure(error: unknown, where: string): Failure {
  if (error instanceof FailureError) return error.failure;
  const what = messageOf(error);
  const fault = systemFault(error);
  if (fault)
    return {
      what: `${what.slice(0, 1).toUpperCase()}${what.slice(1)}.`,
      where,
      remedy: fault.remedy,
    };
  return {
    what,
    where,
    remedy: 'This should not happen. Please report it with the message above.',
  };
}
