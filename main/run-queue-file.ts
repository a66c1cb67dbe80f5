import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import type { Failure } from '../shared/ipc.ts';
import { MOST_QUEUED, type QueuedRun } from '../shared/run-queue.ts';
import { messageOf, systemFault } from '../shared/system-errors.ts';
import { allowedConfig } from './saved-config.ts';

/** The file that the queue of runs is kept in between two starts. */

const listSchema = v.object({ runs: v.array(v.unknown()) });
const entrySchema = v.object({
  id: v.string(),
  name: v.string(),
  folder: v.string(),
  config: v.unknown(),
  secondsExpected: v.optional(v.nullable(v.number()), null),
});

/** What is in the file. Runs that are not allowed are left out and told of; what cannot be read is moved out of the way. */
export function readQueueFile(file: string, warn: (failure: Failure) => void): QueuedRun[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (systemFault(error)?.code !== 'ENOENT') warn(unreadable(file, messageOf(error)));
    return [];
  }
  try {
    const runs: QueuedRun[] = [];
    for (const entry of v.parse(listSchema, JSON.parse(text)).runs) {
      const parsed = v.parse(entrySchema, entry);
      const { config, problems } = allowedConfig(parsed.config);
      if (problems.length > 0) throw new Error(`“${parsed.name}”: ${problems.join(', ')}`);
      runs.push({ ...parsed, config });
    }
    return runs.slice(0, MOST_QUEUED);
  } catch (error) {
    const aside = `${file}.unreadable-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    try {
      renameSync(file, aside);
    } catch {
      // Then it is written over with the next change.
    }
    warn(unreadable(aside, messageOf(error)));
    return [];
  }
}

const unreadable = (where: string, why: string): Failure => ({
  what: `The queue of runs could not be read (${why}), so it begins empty.`,
  where,
  remedy: 'Add the runs again. The folders of those that have begun are as they were.',
});

/** What cannot be written is told, and lasts as long as the app runs; the file before is then kept. */
export function writeQueueFile(
  file: string,
  runs: readonly QueuedRun[],
  warn: (failure: Failure) => void,
): void {
  const next = `${file}.new`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(next, `${JSON.stringify({ runs }, null, '\t')}\n`, { flush: true });
    renameSync(next, file);
  } catch (cause) {
    warn({
      what: `The queue of runs cannot be kept: ${messageOf(cause)}.`,
      where: file,
      remedy: systemFault(cause)?.remedy ?? 'Make the file writable.',
    });
  }
}
