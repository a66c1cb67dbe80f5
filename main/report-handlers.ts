import { inEnglish } from '../shared/language.ts';
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { shell } from 'electron';
import type { AppContract } from '../shared/contract.ts';
import { FailureError, toFailure, type Handlers } from '../shared/ipc.ts';
import { unknownMistakes, type Mistakes } from '../shared/report/mistakes-data.ts';
import { reportHtml } from '../shared/report/page.ts';
import type { ReportData } from '../shared/report/report-data.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import { fileFailure } from './file-failure.ts';
import { printPdf } from './report-pdf.ts';
import type { ReaderHost } from './reader-host.ts';
import type { TrainerHost } from './trainer-host.ts';

export type ReportFormat = 'html' | 'pdf';

interface Parts {
  host: TrainerHost;
  folder: CheckpointFolder;
  /** Has the data. */
  predictor: ReaderHost;
  /** Asks for the file, given the name that is proposed; null: the person cancelled. */
  readonly askWhere: (suggested: string, format: ReportFormat) => Promise<string | null>;
}

/** What the contract's calls do that are about reports. A page never chooses where is written, nor what is shown. */
export function reportHandlers({
  host,
  folder,
  predictor,
  askWhere,
}: Parts): Pick<Handlers<AppContract>, 'saveReport' | 'revealReport'> {
  let saved: string | null = null;
  return {
    async saveReport({ format, checkpoint: asked }) {
      const { path: run } = folder;
      const answer = await host.checkpoints(run, {
        type: 'report',
        ...(asked !== undefined && { name: asked }),
      });
      if (answer.type === 'refused') throw new FailureError(answer.failure);
      if (answer.type !== 'report') throw new Error('The trainer answered something else.');
      const { checkpoint } = answer.data;
      const path = await askWhere(`${basename(run)}-step-${checkpoint.step}.${format}`, format);
      if (path === null) return null;
      const mistakes = await mistakesOf(predictor, run, answer.data);
      const page = inEnglish(() => reportHtml({ ...answer.data, mistakes }));
      const bytes = format === 'pdf' ? await printPdf(page) : page;
      try {
        writeFileSync(path, bytes);
      } catch (cause) {
        throw fileFailure('The report could not be saved', path, cause);
      }
      saved = path;
      return path;
    },
    revealReport() {
      if (saved !== null) shell.showItemInFolder(saved);
    },
  };
}

/** A report is made without the images too: their place may not be there, or somebody has stopped the reading. */
async function mistakesOf(
  predictor: ReaderHost,
  folder: string,
  { checkpoint, config }: ReportData,
): Promise<Mistakes> {
  const request = { type: 'worst' as const, folder, checkpoint: checkpoint.name };
  const unknown = (why: string): Mistakes => unknownMistakes(why, config.data.dataset);
  try {
    const answer = await predictor.ask(request);
    return answer?.mistakes ?? unknown('The reading of the data was stopped.');
  } catch (error) {
    return unknown(toFailure(error, folder).what);
  }
}
