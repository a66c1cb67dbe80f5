import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, shell, type WebContents } from 'electron';
import log from 'electron-log/main';
import { FailureError, type Failure } from '../../shared/ipc.ts';
import { messageOf } from '../../shared/system-errors.ts';

const ERROR = 3;
/** Bytes; a full file becomes main.old.log, in place of the one before. */
const FULL = 1_000_000;

/**
 * The app's log, in the system's place for such files: what went wrong in the main process, the page and the trainer, and nothing about the
 * person's data but the places of files.
 */
export const logFile = (): string => join(app.getPath('logs'), 'main.log');

/** Must be called first, so that nothing that goes wrong is lost. What cannot be written is lost. */
export function openLog(onUncaught: (error: Error) => void): void {
  log.transports.file.resolvePathFn = logFile;
  log.transports.file.maxSize = FULL;
  log.transports.file.format = '{y}-{m}-{d} {h}:{i}:{s}.{ms} {level} {text}';
  // A terminal has the system's own messages.
  log.transports.console.level = false;
  log.transports.ipc.level = false;
  log.errorHandler.startCatching({
    showDialog: false,
    onError: ({ error }) => {
      logError('the main process', error);
      onUncaught(error);
      return false;
    },
  });
  log.info(`Firstlayer ${app.getVersion()} begins: ${versions()}`);
}

export const versions = (): string =>
  `Electron ${process.versions.electron}, ${process.platform} ${process.arch}`;

export const logError = (where: string, error: unknown): void =>
  log.error(
    `${where}: ${error instanceof Error ? (error.stack ?? error.message) : messageOf(error)}`,
  );

export const logFailure = ({ what, where, remedy }: Failure): void =>
  log.warn(`${what} Where: ${where}. ${remedy}`);

/** Logs what a page's code throws or its security refuses, and its end. */
export function logPage(contents: WebContents): void {
  // Electron before 35 tells the level as a number, beside the event.
  contents.on('console-message', ({ level }, formerLevel, message, line, source) => {
    if (level === 'error' || formerLevel === ERROR)
      log.error(`page: ${message} (${source}:${line})`);
  });
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason !== 'clean-exit') log.error(`page: its process has ended: ${reason} (${exitCode})`);
  });
  contents.on('preload-error', (_event, path, error) => logError(`page: ${path}`, error));
  contents.on('unresponsive', () => log.warn('page: it does not answer'));
}

/** Shows the folder of the log in the file manager. */
export async function revealLog(): Promise<void> {
  const folder = app.getPath('logs');
  const problem = await shell.openPath(folder);
  if (problem === '') return;
  throw new FailureError({
    what: `The log’s folder could not be shown: ${problem}`,
    where: folder,
    remedy: 'Open it in your file manager.',
  });
}

/** @returns the same text, in which the person's home folder is ~, so that their name is not told */
export const withoutHome = (text: string, home = homedir()): string =>
  home.length > 1 ? text.replaceAll(home, '~') : text;

/** A failure as a person sends it to somebody who can help. */
export const detailsOf = ({ what, where, remedy }: Failure): string =>
  withoutHome(
    [
      what,
      `Where: ${where}`,
      `What to do: ${remedy}`,
      `Firstlayer ${app.getVersion()}, ${versions()}`,
      `Log: ${logFile()}`,
    ].join('\n'),
  );
