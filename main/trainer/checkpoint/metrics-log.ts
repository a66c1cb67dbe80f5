import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import {
  trainerEventSchema,
  type EpochEvent,
  type History,
  type StepEvent,
} from '../../../shared/trainer-protocol.ts';

/** The curves of a run, one event a line, beside its checkpoints. */
const FILE = 'metrics.jsonl';

const lineSchema = v.union([
  trainerEventSchema,
  /** Training went on from this step: what was recorded after it was never saved, and does not count. */
  v.strictObject({ type: v.literal('resumed'), step: v.number() }),
]);

function parseLine(line: string): v.InferOutput<typeof lineSchema> | null {
  try {
    const parsed = v.safeParse(lineSchema, JSON.parse(line));
    return parsed.success ? parsed.output : null;
  } catch {
    return null; // A line torn by a crash while it was written.
  }
}

/** Reads the curves up to `step`. Lines that cannot be read are left out. */
export async function readHistory(folder: string, step: number): Promise<History> {
  let text: string;
  try {
    text = await readFile(join(folder, FILE), 'utf8');
  } catch {
    return { steps: [], epochs: [] };
  }
  let steps: StepEvent[] = [];
  let epochs: EpochEvent[] = [];
  const cutAt = (last: number): void => {
    steps = steps.filter((event) => event.step <= last);
    epochs = epochs.filter((event) => event.step <= last);
  };
  for (const line of text.split('\n')) {
    const event = line === '' ? null : parseLine(line);
    if (event?.type === 'step') steps.push(event);
    else if (event?.type === 'epoch') epochs.push(event);
    else if (event?.type === 'resumed') cutAt(event.step);
  }
  cutAt(step);
  return { steps, epochs };
}

/** Collects events and appends them to the folder's file when flushed: with a checkpoint, so that the two belong together. */
export class MetricsLog {
  #lines: string[] = [];
  readonly #folder: string;

  constructor(folder: string, resumedAt: number) {
    this.#folder = folder;
    // A leading line break ends a line that a crash may have torn.
    this.#lines.push(`\n${JSON.stringify({ type: 'resumed', step: resumedAt })}`);
  }

  add(event: StepEvent | EpochEvent): void {
    this.#lines.push(JSON.stringify(event));
  }

  async flush(): Promise<void> {
    const lines = this.#lines;
    if (lines.length === 0) return;
    await appendFile(join(this.#folder, FILE), `${lines.join('\n')}\n`);
    this.#lines = this.#lines.slice(lines.length);
  }
}
