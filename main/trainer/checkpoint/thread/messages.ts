import { FailureError, type Failure } from '../../../../shared/ipc.ts';
import type { FolderService } from './folder-service.ts';

/** What goes to the thread and comes back. No thrown error crosses as itself: it would lose what it knows. */

export type Method = keyof FolderService;

export interface Request {
  id: number;
  method: Method;
  args: unknown[];
}

type Problem =
  | { failure: Failure }
  /** An error that is none of ours, with the system's code where it has one. */
  | { message: string; code: string | undefined };

export type Reply = { id: number } & ({ value: unknown } | { problem: Problem });

export function problemOf(error: unknown): Problem {
  if (error instanceof FailureError) return { failure: error.failure };
  if (!(error instanceof Error)) return { message: String(error), code: undefined };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { message: error.message, code };
}

export function errorOf(problem: Problem): Error {
  if ('failure' in problem) return new FailureError(problem.failure);
  const { message, code } = problem;
  return Object.assign(new Error(message), code === undefined ? {} : { code });
}
