import { join } from 'node:path';
import * as v from 'valibot';
import { stretchesOf, type Branch, type Stretch } from '../../../shared/branch.ts';
import { BranchedHistory } from '../../../shared/branched-history.ts';
import type { Failure } from '../../../shared/ipc.ts';
import { sharePoint } from '../../../shared/thin.ts';
import { piecesOf, withFile, type OpenFile } from '../files/bounded-file.ts';
import { messageOf } from '../../../shared/system-errors.ts';
import { hasCode } from '../files/durable-files.ts';
import {
  epochEventSchema,
  runEventSchema,
  stepEventSchema,
  type History,
} from '../../../shared/trainer-events.ts';

/** The file of a run's curves and events, one event per line, beside its checkpoints. */
export const METRICS = 'metrics.jsonl';

const resumedSchema = v.strictObject({
  type: v.literal('resumed'),
  branch: v.optional(v.number(), 1),
  step: v.number(),
  device: v.optional(v.string()),
});
/** Says that the lines after it were trained from this step on. */
export type Resumed = v.InferOutput<typeof resumedSchema>;

/** A line that is shown. Steps may have more fields, because earlier versions also wrote the speed. */
const shownSchema = v.variant('type', [
  v.object(stepEventSchema.entries),
  epochEventSchema,
  ...runEventSchema.options,
]);

/** The app never writes a longer line. */
const LONGEST_LINE = 2 ** 20;
const NEWLINE = 0x0a;
const RESUMED = Buffer.from('{"type":"resumed"');
const STEP_LINE = /^\{"type":"step".*?"step":(\d+)/;
const TO_EPOCH = Buffer.from('{"type":"step","epoch":');
const TO_STEP = Buffer.from(',"step":');
const [ZERO, NINE] = [0x30, 0x39];

/** The step of a line that is one's; else NaN. Of a million lines some thousand are shown: only these are made text. */
function stepOfLine(chunk: Buffer, begin: number, end: number): number {
  let at = begin + TO_EPOCH.length;
  if (isAt(TO_EPOCH, chunk, begin, end)) {
    while (isDigit(chunk[at])) at++;
    // An earlier version wrote them in another order.
    if (isAt(TO_STEP, chunk, at, end)) {
      let step = 0;
      for (at += TO_STEP.length; at < end && isDigit(chunk[at]); at++)
        step = 10 * step + (chunk[at] ?? ZERO) - ZERO;
      return step;
    }
  }
  return Number(STEP_LINE.exec(chunk.toString('utf8', begin, end))?.[1] ?? NaN);
}

const isAt = (text: Buffer, chunk: Buffer, begin: number, end: number): boolean =>
  begin + text.length <= end && text.compare(chunk, begin, begin + text.length) === 0;

const isDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= ZERO && byte <= NINE;

/**
 * @param head the file's beginning.
 * @returns whether this app wrote it
 */
export const isMetricsHead = (head: string): boolean =>
  head.trim() === '' || v.is(resumedSchema, parsedLine(head.trimStart().split('\n')[0] ?? ''));

function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Gathers, line by line, the events that lead to one step of a branch. */
class LineReader {
  readonly #gathered = new BranchedHistory();
  readonly #stretches: readonly Stretch[];
  /** The branch of the lines that are being read. */
  #branch = 1;
  /** What of it leads to the step; undefined: nothing does. */
  #stretch: Stretch | undefined;
  /** The newest step line. It waits because of the steps that share a point only the last is kept; only that one is parsed. */
  #held: { step: number; chunk: Buffer; begin: number; end: number } | null = null;

  constructor(branch: Branch, step: number) {
    this.#stretches = stretchesOf(branch, step);
    this.#stretch = this.#stretchOf(this.#branch);
  }

  #stretchOf(branch: number): Stretch | undefined {
    return this.#stretches.find((stretch) => stretch.branch === branch);
  }

  /** The history gathered from the lines so far. */
  historyOf(branch: Branch): History {
    this.#addHeld();
    return this.#gathered.historyOf(branch);
  }

  /** Adds one line of the file: `chunk` from `begin` to `end`. */
  addLine(chunk: Buffer, begin: number, end: number): void {
    const isResumed = isAt(RESUMED, chunk, begin, end);
    const stretch = this.#stretch;
    // This branch does not lead to the requested step.
    if (!isResumed && !stretch) return;
    const step = stepOfLine(chunk, begin, end);
    const sharesPoint = this.#held !== null && sharePoint(this.#held.step, step);
    if (!sharesPoint) this.#addHeld();
    if (isResumed) this.#resume(chunk.toString('utf8', begin, end));
    else if (stretch && isWithin(stretch, step)) this.#held = { step, chunk, begin, end };
    else if (stretch && Number.isNaN(step))
      this.#addEvent(chunk.toString('utf8', begin, end), stretch);
  }

  #addHeld(): void {
    const held = this.#held;
    this.#held = null;
    const stretch = this.#stretch;
    if (held && stretch) this.#addEvent(held.chunk.toString('utf8', held.begin, held.end), stretch);
  }

  #resume(text: string): void {
    const resumed = v.safeParse(resumedSchema, parsedLine(text));
    if (!resumed.success) return;
    const { branch, step } = resumed.output;
    this.#branch = branch;
    this.#stretch = this.#stretchOf(branch);
    this.#gathered.cutAfter(branch, step);
  }

  #addEvent(text: string, stretch: Stretch): void {
    const shown = v.safeParse(shownSchema, parsedLine(text));
    if (shown.success && isWithin(stretch, shown.output.step))
      this.#gathered.add(this.#branch, shown.output);
  }
}

/** Events outside a stretch are dropped, because one of them could replace a point that counts. */
const isWithin = ({ after, last }: Stretch, step: number): boolean => step >= after && step <= last;

/** Calls `line` for each complete line and returns the bytes after the last one. */
async function scanLines(
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

/** Reads the curves and events that lead to `step` of `branch`, and reports what could not be read. */
export async function readHistory(
  folder: string,
  branch: Branch,
  step: number,
): Promise<{ history: History; problems: Failure[] }> {
  const path = join(folder, METRICS);
  const lines = new LineReader(branch, step);
  const problems: Failure[] = [];
  try {
    const rest = await withFile(path, (file) => scanLines(file, lines.addLine.bind(lines)));
    if (rest.length > 0 && parsedLine(rest.toString('utf8')) === null)
      problems.push(
        unreadableHistory(
          path,
          'The last line of the curves was cut off by a crash and was dropped.',
        ),
      );
    else if (rest.length > 0) lines.addLine(rest, 0, rest.length);
  } catch (error) {
    if (!hasCode(error, 'ENOENT'))
      problems.push(unreadableHistory(path, `The curves cannot be read: ${messageOf(error)}.`));
  }
  return { history: lines.historyOf(branch), problems };
}

const unreadableHistory = (where: string, what: string): Failure => ({
  what,
  where,
  remedy: 'The checkpoints are not touched by this; training goes on from the newest as usual.',
});
