import { FailureError, type Failure } from '../../../../shared/ipc.ts';
import type { Language } from '../../../../shared/language.ts';
import type { FolderService } from './folder-service.ts';

/** The messages to the thread and back. Errors cross as plain data, because a copied error would lose its own fields. */

export type Method = keyof FolderService;

export interface Request {
  id: number;
  /** What the caller speaks at this moment; a thread has texts of its own. */
  language: Language;
  method: Method;
  args: unknown[];
}

type Problem =
  | { failure: Failure }
  /** An error that is not a FailureError, with the system's code and path. */
  | { message: string; system: { code?: string; path?: string } };

export type Reply = { id: number } & ({ value: unknown } | { problem: Problem });

export function problemOf(error: unknown): Problem {
  if (error instanceof FailureError) return { failure: error.failure };
  if (!(error instanceof Error)) return { message: String(error), system: {} };
  const { code, path } = error as NodeJS.ErrnoException;
  return { message: error.message, system: { ...(code && { code }), ...(path && { path }) } };
}

export function errorOf(problem: Problem): Error {
  if ('failure' in problem) return new FailureError(problem.failure);
  return Object.assign(new Error(problem.message), problem.system);
}
