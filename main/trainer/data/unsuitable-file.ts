import { FailureError } from '../../../shared/ipc.ts';

/** The file is well, but holds something else than is wanted. */
export const unsuitableFile = (path: string, what: string, remedy: string): FailureError =>
  new FailureError({ what, where: path, remedy });
