import * as v from 'valibot';
import { formatBytes, formatCount, formatDuration } from './format.ts';
import { count } from './schema-parts.ts';

/** What is counted while a dataset is read or fetched; images, while a network is asked about each. */
export const readingUnits = ['pictures', 'files', 'bytes', 'images'] as const;
export type ReadingUnit = (typeof readingUnits)[number];

/** Progress of reading or fetching a dataset. */
export const readingProgressSchema = v.strictObject({
  done: count,
  /** Null while it is not known. */
  total: v.nullable(count),
  unit: v.picklist(readingUnits),
  secondsLeft: v.nullable(v.number()),
});
export type ReadingProgress = v.InferOutput<typeof readingProgressSchema>;

/** The progress as text: 1,234 of 60,000 pictures, 12 s left. */
export function readingText({ done, total, unit, secondsLeft }: ReadingProgress): string {
  const counted = [done, ...(total === null ? [] : [total])]
    .map(unit === 'bytes' ? formatBytes : formatCount)
    .join(' of ');
  const text = unit === 'bytes' ? counted : `${counted} ${unit}`;
  return secondsLeft === null ? text : `${text}, ${formatDuration(secondsLeft)} left`;
}

/** Share that is done, 0 to 1; null: it is not known. */
export const readingShare = (progress: ReadingProgress | null): number | null =>
  progress?.total ? Math.min(1, progress.done / progress.total) : null;

/** The same as `readingText` of a network that is asked about images, which may have to be read first. */
export const askingText = (progress: ReadingProgress): string =>
  `${progress.unit === 'images' ? 'Asking the network' : 'Reading the data'}: ${readingText(progress)}`;
