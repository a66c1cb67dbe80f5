import { availableParallelism } from 'node:os';
import type { Dataset } from '../../../main/trainer/data/dataset.ts';
import { shardsHere } from '../../../main/trainer/tensorflow/environment.ts';
import { layoutOf } from '../../../main/trainer/graph/layout.ts';
import type { Session } from '../../../main/trainer/tensorflow/session.ts';

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;

/**
 * What TensorFlow has been given to work with, once it is loaded.
 * @param session null: op by op
 */
export function settingsOf(session: Session | null, batchSize: number): string {
  const threads = Number(process.env.TF_NUM_INTRAOP_THREADS ?? availableParallelism());
  const shards = session
    ? layoutOf(session.graph.network, batchSize, { shards: shardsHere(), sideBySide: 1 }).shards
    : 1;
  const steps = session?.graph.stepsAtOnce ?? 1;
  const bfc = process.env.TF_CPU_ALLOCATOR_USE_BFC === 'true';
  return [
    shards > 1
      ? `${counted(shards, 'shard')} of ${counted(threads, 'thread')}`
      : counted(threads, 'thread'),
    ...(steps > 1 ? [`${steps} steps a call`] : []),
    ...(bfc ? ['BFC allocator'] : []),
  ].join(', ');
}

/** Bytes of images and labels in memory: parts of a dataset share them. */
export function bytesOf({ train, validation, test }: Dataset): number {
  const buffers = new Set(
    [train, validation, test].flatMap(({ images, labels }) => [images.buffer, labels.buffer]),
  );
  return [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
}
