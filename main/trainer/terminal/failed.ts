import { FailureError, toFailure } from '../../../shared/ipc.ts';
import type { TrainerEventOf } from '../../../shared/trainer-events.ts';
import { ArgumentError } from './config-file.ts';
import { EXIT } from './exit.ts';

/** Reports in the terminal that a run was refused or has failed. */

export type Failed = TrainerEventOf<'failed'>;

/** Describes an error from before the service took over, like the service would; a FailureError counts as a refusal. */
export function failedBy(error: unknown): Failed {
  if (error instanceof ArgumentError)
    return {
      type: 'failed',
      what: error.message,
      where: 'command line',
      remedy: 'Change it; --help lists the options.',
      refused: true,
    };
  const isKnown = error instanceof FailureError;
  return {
    type: 'failed',
    ...toFailure(error, 'command line'),
    ...(isKnown && { refused: true }),
  };
}

export const exitCodeOf = ({ refused }: Failed): number => (refused ? EXIT.refused : EXIT.failure);

/** @param asJson also writes it as an event, for a program that reads the output */
export function writeFailed(failed: Failed, text: string, asJson: boolean): void {
  if (asJson) process.stdout.write(`${JSON.stringify(failed)}\n`);
  process.stderr.write(`${text}\n`);
}
