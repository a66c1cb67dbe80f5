import { FailureError } from '../shared/ipc.ts';
import { messageOf, systemFault } from '../shared/system-errors.ts';

/** Why a file that a person chose could not be read or written. */
export const fileFailure = (what: string, where: string, cause: unknown): FailureError =>
  new FailureError(
    {
      ...{ what: `${what}: ${messageOf(cause)}.`, where },
      remedy: systemFault(cause)?.remedy ?? 'Choose another file.',
    },
    { cause },
  );
