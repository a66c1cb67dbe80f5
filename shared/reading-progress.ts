import * as v from 'valibot';
import { formatCount, formatDuration } from './format.ts';
import { count } from './schema-parts.ts';

/** How far reading or fetching a dataset has come: examples, files or bytes, as the reader counts. */
export const readingProgressSchema = v.strictObject({
  done: count,
  /** Null while it is not known. */
  total: v.nullable(count),
  secondsLeft: v.nullable(v.number()),
});
export type ReadingProgress = v.InferOutput<typeof readingProgressSchema>;

/** 1,234 of 60,000, 12 s left */
export function readingText({ done, total, secondsLeft }: ReadingProgress): string {
  if (total === null) return formatCount(done);
  const text = `${formatCount(done)} of ${formatCount(total)}`;
  return secondsLeft === null ? text : `${text}, ${formatDuration(secondsLeft)} left`;
}
