import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { shell } from 'electron';
import type { AppContract } from '../shared/contract.ts';
import { FailureError, type Handlers } from '../shared/ipc.ts';
import { reportHtml } from '../shared/report/page.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import { fileFailure } from './file-failure.ts';
import { printPdf } from './report-pdf.ts';
import type { TrainerHost } from './trainer-host.ts';

export type ReportFormat = 'html' | 'pdf';

interface Parts {
  host: TrainerHost;
  folder: CheckpointFolder;
  /** Asks for the file, given the name that is proposed; null: the person cancelled. */
  readonly askWhere: (suggested: string, format: ReportFormat) => Promise<string | null>;
}

/** What the contract's calls do that are about reports. A page never chooses where is written, nor what is shown. */
export function reportHandlers({
  host,
  folder,
  askWhere,
}: Parts): Pick<Handlers<AppContract>, 'saveReport' | 'revealReport'> {
  let saved: string | null = null;
  return {
    async saveReport({ format }) {
      const { path: run } = folder;
      const answer = await host.checkpoints(run, { type: 'report' });
      if (answer.type === 'refused') throw new FailureError(answer.failure);
      if (answer.type !== 'report') throw new Error('The trainer answered something else.');
      const { checkpoint } = answer.data;
      const path = await askWhere(`${basename(run)}-step-${checkpoint.step}.${format}`, format);
      if (path === null) return null;
      const page = reportHtml(answer.data);
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
