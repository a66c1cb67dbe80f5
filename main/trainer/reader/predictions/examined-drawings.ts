import { createHash } from 'node:crypto';
import { imagesOf } from '../../../../shared/appearance.ts';
import type { Failure } from '../../../../shared/ipc.ts';
import { drawingsText } from '../../../../shared/own-drawings.ts';
import type { CheckpointRecord } from '../../checkpoint/record.ts';
import type { ReadingTools } from '../../data/data-settings.ts';
import type { Dataset } from '../../data/dataset.ts';
import { readDrawings } from '../../data/drawings/read-drawings.ts';
import { sliceExamples } from '../../data/examples.ts';

/**
 * The drawings that a person keeps, as data that a checkpoint's network can be asked about: all of them are the test part. Those of
 * classes that the network does not know are left out.
 * @throws FailureError that names the folder or the drawing that cannot be read, or says that none is of the network's classes; the
 * signal's reason where it is stopped
 */
export async function openDrawings(
  folder: string,
  record: Pick<CheckpointRecord, 'config' | 'image' | 'appearance' | 'classNames'>,
  tools: ReadingTools,
): Promise<Dataset> {
  const images = imagesOf(record);
  const form = { ...images, channels: images.channels === 3 ? (3 as const) : (1 as const) };
  const { data } = record.config;
  // One that is damaged is told of, and keeps nobody from seeing the others.
  const settings = { ...data, damaged: 'leave-out' } as const;
  const { place, examples, ids, findings } = await readDrawings(folder, form, settings, tools);
  const learned = new Set(data.ownDrawings?.drawings ?? []);
  const known = ids.filter((id) => learned.has(id)).length;
  const none = sliceExamples(examples, 0, 0, 0);
  return {
    ...form,
    train: none,
    validation: none,
    test: examples,
    hash: createHash('sha256').update(ids.join(' ')).digest('hex'),
    findings: [...findings, ...(known > 0 ? [learnedFrom(known, ids.length, place)] : [])],
  };
}

const learnedFrom = (known: number, all: number, where: string): Failure => ({
  what:
    known === all
      ? `The run learned from ${all === 1 ? 'this drawing' : 'all of these drawings'}: how well it reads new ones they do not tell.`
      : `The run learned from ${known} of these ${drawingsText(all)}: how well it reads new ones only the others tell.`,
  where,
  remedy: 'Keep further drawings to see how it does on those.',
});
