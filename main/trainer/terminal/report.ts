import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { FailureError, toFailure } from '../../../shared/ipc.ts';
import { unknownMistakes, type Mistakes } from '../../../shared/report/mistakes-data.ts';
import { reportHtml } from '../../../shared/report/page.ts';
import type { ReportData } from '../../../shared/report/report-data.ts';
import { answerCheckpointRequest } from '../checkpoint/requests/answer-request.ts';
import { replaceFile } from '../files/durable-files.ts';
import { PredictionDesk } from '../reader/predictions/prediction-desk.ts';
import { EXIT, failureText } from './exit.ts';
import { withOption } from './option-names.ts';

export interface ReportOptions {
  /** The checkpoint that it is of; left out: the newest. */
  name: string | undefined;
  out: string;
  /** What lies at `out` already is replaced. */
  force: boolean;
  asJson: boolean;
}

/**
 * Writes a report of a folder's run, whole or not at all.
 * @returns the code that the program ends with
 */
export async function writeReport(folder: string, options: ReportOptions): Promise<number> {
  const path = resolve(options.out);
  try {
    await writeTo(path, folder, options);
    const text = options.asJson ? JSON.stringify({ type: 'report', path }) : `Written: ${path}`;
    process.stdout.write(`${text}\n`);
    return EXIT.done;
  } catch (error) {
    const failure = toFailure(error, path);
    const where = withOption(failure.where, { '--checkpoint-dir': folder, '--out': path });
    if (options.asJson) process.stdout.write(`${JSON.stringify({ type: 'refused', failure })}\n`);
    else process.stderr.write(`${failureText({ ...failure, where })}\n`);
    return EXIT.failure;
  }
}

/** @throws FailureError where there is no checkpoint, or something lies there already; Error where it cannot be written */
async function writeTo(
  path: string,
  folder: string,
  { name, force }: ReportOptions,
): Promise<void> {
  if (!force && existsSync(path))
    throw new FailureError({
      what: 'Something lies there already, and was left as it is.',
      where: path,
      remedy: 'Name another file, or replace it with --force.',
    });
  const request = { type: 'report' as const, ...(name !== undefined && { name }) };
  const answer = await answerCheckpointRequest(folder, null, request);
  if (answer.type === 'refused') throw new FailureError(answer.failure);
  if (answer.type !== 'report') throw new Error('the answer to another request came');
  const mistakes = await mistakesOf(folder, answer.data);
  await replaceFile(path, reportHtml({ ...answer.data, mistakes }));
}

/** A report is made without the images too: the data may be on another machine. */
async function mistakesOf(folder: string, { checkpoint, config }: ReportData): Promise<Mistakes> {
  const request = { type: 'worst' as const, folder, checkpoint: checkpoint.name };
  const watch = { signal: new AbortController().signal, progress: () => undefined };
  try {
    const answer = await new PredictionDesk().answer(request, watch);
    if (answer.type === 'worst') return answer.mistakes;
    throw new Error('the answer to another request came');
  } catch (error) {
    return unknownMistakes(toFailure(error, folder).what, config.data.dataset);
  }
}
