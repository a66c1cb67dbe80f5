import { FailureError, toFailure } from '../../../shared/ipc.ts';
import type { TrainerEventOf } from '../../../shared/trainer-events.ts';
import { ArgumentError } from './config-file.ts';
import { EXIT } from './exit.ts';

/** How the terminal tells that a run was refused, or has failed. */

export type Failed = TrainerEventOf<'failed'>;

/** What was thrown before the service took over, as the service would tell it. What is known lies in what was asked for. */
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

/** @param asJson it is told as an event too, where a program reads */
export function writeFailed(failed: Failed, text: string, asJson: boolean): void {
  if (asJson) process.stdout.write(`${JSON.stringify(failed)}\n`);
  process.stderr.write(`${text}\n`);
}
