import type { Failure } from '../../shared/ipc.ts';

/** How the programs for the terminal end. */
export const EXIT = { done: 0, failure: 1, badArguments: 2 } as const;

export const failureText = ({ what, where, remedy }: Failure): string =>
  `${what}\n  at: ${where}\n  ${remedy}`;

/** Prints a last message, on standard error where something is wrong, and ends the process. */
export function end(message: string, code: number): never {
  (code === EXIT.done ? process.stdout : process.stderr).write(`${message}\n`);
  process.exit(code);
}
