import { FailureError } from '../../../shared/ipc.ts';

/** Refuses a file that is undamaged but holds something else than is wanted. */
export const unsuitableFile = (path: string, what: string, remedy: string): FailureError =>
  new FailureError({ what, where: path, remedy });
