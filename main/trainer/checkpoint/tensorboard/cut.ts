import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { piecesOf, withFile } from '../../files/bounded-file.ts';
import { isLink } from '../../files/durable-files.ts';
import { decodeEvent, timeOf } from './records.ts';

/** What lies in an event file. */
interface Extent {
  /** Who wrote it, as its first event says. */
  writer: string | undefined;
  /** Bytes up to the first record that is of a later step, or torn. */
  kept: number;
  /** There is something of an earlier step in it. */
  reachesBack: boolean;
}

/**
 * Cuts off what the event files of this writer in `folder` have after `step`: a killed run wrote it, and the one that goes on writes these
 * steps again. Files of others are left as they are.
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
    // Those before it were cut when it was begun.
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

/** @returns where the first record begins that is not whole yet; null: what follows does not count */
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
