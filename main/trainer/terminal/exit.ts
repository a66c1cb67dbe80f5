import { FailureError, toFailure, type Failure } from '../../../shared/ipc.ts';
import { messageOf, systemFault } from '../../../shared/system-errors.ts';

/** How the terminal's programs end: `refused` where what was asked for cannot be, 141 as programs end whose reader went away. */
export const EXIT = { done: 0, failure: 1, refused: 2, unread: 141 } as const;

export const failureText = ({ what, where, remedy }: Failure): string =>
  `${what}\n  at: ${where}\n  ${remedy}`;

/** Prints a last message, on standard error where something is wrong, and ends the process. */
export function endProgram(message: string, code: number): never {
  (code === EXIT.done ? process.stdout : process.stderr).write(`${message}\n`);
  process.exit(code);
}

/** Tells what nobody else does, and ends: in words what the system refused, with its stack what is a mistake of ours. */
export function tellUncaught(program: string): void {
  process.on('uncaughtException', (error) => {
    const isKnown = error instanceof FailureError || systemFault(error) !== null;
    const stack = error.stack ?? error.message;
    endProgram(isKnown ? failureText(toFailure(error, program)) : stack, EXIT.failure);
  });
}

/** Where what is printed cannot be written there is nothing else to do: as programs end whose reader went away, or saying why. */
export function endIfUnwritable(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.unread);
    endProgram(`What it prints cannot be written: ${messageOf(error)}.`, EXIT.failure);
  });
  process.stderr.on('error', () => undefined);
}
