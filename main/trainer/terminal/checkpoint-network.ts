import { imagesOf, type Images } from '../../../shared/appearance.ts';
import type { RunConfig } from '../../../shared/config.ts';
import { FailureError, type Failure } from '../../../shared/ipc.ts';
import { namedOrNewestCheckpoint } from '../checkpoint/named-checkpoint.ts';
import type { CheckpointRecord } from '../checkpoint/record.ts';
import { restoredSession } from '../tensorflow/restored-session.ts';
import type { Session } from '../tensorflow/session.ts';

/** A checkpoint's network, opened to answer questions about images of its size. */
export interface CheckpointNetwork {
  session: Session;
  /** The checkpoint's path. */
  path: string;
  record: CheckpointRecord;
  config: RunConfig;
  images: Images;
  /** Warnings, such as damaged checkpoints that were passed over. */
  warnings: readonly Failure[];
}

/**
 * @param from a checkpoint's name; undefined means the folder's newest good one
 * @throws FailureError if there is none
 */
export async function openNetwork(
  folder: string,
  from: string | undefined,
): Promise<CheckpointNetwork> {
  const { checkpoint, warnings } = await namedOrNewestCheckpoint(folder, from);
  if (!checkpoint)
    throw new FailureError({
      what: `There is no checkpoint in this folder that could be opened.${warnings[0] ? ` ${warnings[0].what}` : ''}`,
      where: folder,
      remedy: 'Name the folder that a run was saved in with --checkpoint-dir.',
    });
  return {
    session: await restoredSession(checkpoint),
    path: checkpoint.prefix,
    record: checkpoint.record,
    config: checkpoint.record.config,
    images: imagesOf(checkpoint.record),
    warnings,
  };
}
