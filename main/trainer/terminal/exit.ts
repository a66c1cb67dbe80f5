import { FailureError, toFailure, type Failure } from '../../../shared/ipc.ts';
import { messageOf, systemFault } from '../../../shared/system-errors.ts';

/** Exit codes of the terminal programs: `refused` if the request is impossible, 141 as usual for a program whose reader went away. */
export const EXIT = { done: 0, failure: 1, refused: 2, unread: 141 } as const;

export const failureText = ({ what, where, remedy }: Failure): string =>
  `${what}\n  at: ${where}\n  ${remedy}`;

/** Prints a last message, on standard error where something is wrong, and ends the process. */
export function endProgram(message: string, code: number): never {
  (code === EXIT.done ? process.stdout : process.stderr).write(`${message}\n`);
  process.exit(code);
}

/**
 * Reports errors that nobody catches, and ends the process: in words if the system refused something, with a stack if it is our mistake.
 */
export function tellUncaught(program: string): void {
  process.on('uncaughtException', (error) => {
    const isKnown = error instanceof FailureError || systemFault(error) !== null;
    const stack = error.stack ?? error.message;
    endProgram(isKnown ? failureText(toFailure(error, program)) : stack, EXIT.failure);
  });
}

/** If the output cannot be written, the process ends: with 141 if its reader went away, else with a message. */
export function endIfUnwritable(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.unread);
    endProgram(`What it prints cannot be written: ${messageOf(error)}.`, EXIT.failure);
  });
  process.stderr.on('error', () => undefined);
}
