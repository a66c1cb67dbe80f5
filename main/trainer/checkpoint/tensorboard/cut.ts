import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { piecesOf, withFile } from '../../files/bounded-file.ts';
import { isLink } from '../../files/durable-files.ts';
import { decodeEvent, timeOf } from './records.ts';

/** What is known about an event file. */
interface Extent {
  /** The program that wrote it, as its first event says. */
  writer: string | undefined;
  /** Bytes before the first record that is damaged or of a later step. */
  kept: number;
  /** Whether it also holds scalars of the step or an earlier one. */
  reachesBack: boolean;
}

/**
 * Removes what this writer's event files in `folder` have after `step`: a killed run wrote it, and the resumed run writes these
 * steps again. Other programs' files are left alone.
 */
export async function cutAfter(folder: string, step: number, writer: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => timeOf(name) !== null).sort();
  for (const name of names.reverse()) {
    const path = join(folder, name);
    if (await isLink(path)) continue;
    const extent = await extentOf(path, step);
    if (extent.writer !== writer) continue;
    const file = await open(path, 'r+');
    try {
      if (extent.kept < (await file.stat()).size) await file.truncate(extent.kept);
    } finally {
      await file.close();
    }
    // Earlier files were cut when this one was begun.
    if (extent.reachesBack) return;
  }
}

/** Reads a file of any length in bounded memory. */
function extentOf(path: string, step: number): Promise<Extent> {
  return withFile(path, async (file) => {
    const extent: Extent = { writer: undefined, kept: 0, reachesBack: false };
    let rest: Buffer = Buffer.alloc(0);
    for await (const piece of piecesOf(file)) {
      const chunk = Buffer.concat([rest, piece]);
      const at = readRecords(chunk, step, extent);
      if (at === null) return extent;
      rest = chunk.subarray(at);
    }
    return extent;
  });
}

/** @returns where the first incomplete record begins; null if the rest of the file does not count */
function readRecords(chunk: Buffer, step: number, extent: Extent): number | null {
  let at = 0;
  for (;;) {
    const record = recordAt(chunk, at);
    if (record === 'unfinished') return at;
    if (record === 'torn') return null;
    const { event, end } = record;
    if (extent.kept === 0) extent.writer = event.sourceMetadata?.writer;
    if (event.summary && event.step > step) return null;
    if (event.summary) extent.reachesBack = true;
    extent.kept += end - at;
    at = end;
  }
}

function recordAt(
  chunk: Buffer,
  at: number,
): NonNullable<ReturnType<typeof decodeEvent>> | 'unfinished' | 'torn' {
  try {
    return decodeEvent(chunk, at) ?? 'unfinished';
  } catch {
    return 'torn';
  }
}
