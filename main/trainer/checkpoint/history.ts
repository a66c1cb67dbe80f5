import { join } from 'node:path';
import * as v from 'valibot';
import type { Failure } from '../../../shared/ipc.ts';
import {
  trainerEventSchema,
  type EpochEvent,
  type History,
  type StepEvent,
} from '../../../shared/trainer-events.ts';
import { piecesOf, withFile, type OpenFile } from '../files/bounded-file.ts';
import { messageOf } from '../../../shared/system-errors.ts';
import { hasCode } from '../files/durable-files.ts';
import { isAncestor } from './lineage.ts';
import type { Branch } from './record.ts';
import { ThinnedLines } from './thinned-lines.ts';

/** The record in time of a run, one event a line, beside its checkpoints. */
export const METRICS = 'metrics.jsonl';

const resumedSchema = v.strictObject({
  type: v.literal('resumed'),
  branch: v.optional(v.number(), 1),
  step: v.number(),
  device: v.optional(v.string()),
});
/** The lines that follow were trained from this step on. */
export type Resumed = v.InferOutput<typeof resumedSchema>;

/** As many points as a window can use. */
const MOST_STEPS = 8_000;
const MOST_EPOCHS = 4_000;
/** A longer line is none of ours. */
const LONGEST_LINE = 2 ** 20;
const NEWLINE = 0x0a;
const STEP = Buffer.from('{"type":"step"');

/** @param head the file's beginning. @returns whether this app wrote it */
export const isMetricsHead = (head: string): boolean =>
  head.trim() === '' || v.is(resumedSchema, parsed(head.trimStart().split('\n')[0] ?? ''));

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Gathers a run's curves line by line, in bounded memory: where there are more steps than a window can use, every Nth is kept. */
class Curves {
  readonly steps = new ThinnedLines(MOST_STEPS);
  readonly epochs = new ThinnedLines(MOST_EPOCHS);
  #branch = 1;

  /** A line of the file, `chunk` from `begin` to `end`. */
  add(chunk: Buffer, begin: number, end: number): void {
    // Nearly every line is a step, and few of them are kept: only those are read.
    if (STEP.compare(chunk, begin, Math.min(begin + STEP.length, end)) === 0) {
      this.steps.offer(this.#branch, () => chunk.toString('utf8', begin, end));
      return;
    }
    const text = chunk.toString('utf8', begin, end);
    const event = parsed(text);
    if (v.is(resumedSchema, event)) {
      this.#branch = v.parse(resumedSchema, event).branch;
      this.steps.cut(this.#branch, event.step);
      this.epochs.cut(this.#branch, event.step);
    } else if (text.startsWith('{"type":"epoch"')) this.epochs.offer(this.#branch, () => text);
  }
}

/** Calls `line` for each whole line; answers the bytes after the last. */
async function scan(
  file: OpenFile,
  line: (chunk: Buffer, begin: number, end: number) => void,
): Promise<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of piecesOf(file)) {
    const chunk = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let begin = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, begin)) {
      if (end > begin) line(chunk, begin, end);
      begin = end + 1;
    }
    rest = chunk.length - begin > LONGEST_LINE ? Buffer.alloc(0) : chunk.subarray(begin);
  }
  return rest;
}

/** The curves that lead to `step` of `branch`, and what of them could not be read. */
export async function readHistory(
  folder: string,
  branch: Branch,
  step: number,
): Promise<{ history: History; problems: Failure[] }> {
  const path = join(folder, METRICS);
  const curves = new Curves();
  const problems: Failure[] = [];
  try {
    const rest = await withFile(path, (file) => scan(file, curves.add.bind(curves)));
    if (rest.length > 0 && parsed(rest.toString('utf8')) === null)
      problems.push(
        problem(path, 'The last line of the curves was cut off by a crash and was dropped.'),
      );
    else if (rest.length > 0) curves.add(rest, 0, rest.length);
  } catch (error) {
    if (!hasCode(error, 'ENOENT'))
      problems.push(problem(path, `The curves cannot be read: ${messageOf(error)}.`));
  }
  const isOurs = (of: { branch: number; step: number }): boolean =>
    of.step <= step && isAncestor(of, branch);
  const events = (lines: ThinnedLines): unknown[] => lines.kept(isOurs).map(parsed);
  return {
    history: {
      steps: events(curves.steps).filter((event): event is StepEvent => isEvent(event, 'step')),
      epochs: events(curves.epochs).filter((event): event is EpochEvent => isEvent(event, 'epoch')),
    },
    problems,
  };
}

const isEvent = (event: unknown, type: 'step' | 'epoch'): boolean =>
  v.is(trainerEventSchema, event) && event.type === type;

const problem = (where: string, what: string): Failure => ({
  what,
  where,
  remedy: 'The checkpoints are not touched by this; training goes on from the newest as usual.',
});
