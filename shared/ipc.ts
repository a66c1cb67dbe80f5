import type { GenericSchema, InferOutput } from 'valibot';
import { messageOf, systemFault } from './system-errors.ts';

/** What a person is told when something fails: the cause, the place, and what to do about it. */
export interface Failure {
  what: string;
  where: string;
  remedy: string;
}

/** No thrown error crosses a process: every call answers with one of these. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure };

/** One request the renderer can make of the main process. */
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

/** The main process's side: a handler for every call, none left out. */
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

/** An error that already knows how to be told; anything else thrown is what the system refused, or a bug and is told as one. */
export class FailureError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(`${failure.what} (${failure.where}) ${failure.remedy}`, options);
    this.name = 'FailureError';
    this.failure = failure;
  }
}

/** Any thrown value as a `Failure`; `where` names the place when the error does not. */
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
