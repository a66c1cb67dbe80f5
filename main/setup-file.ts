import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { OpenedSetup, SetupToSave } from '../shared/setup-file.ts';
import { LONGEST_SETUP, readSetupString, setupString } from '../shared/setup-string.ts';
import { FailureError } from '../shared/ipc.ts';
import type { PortableSetup } from '../shared/portable-setup.ts';
import { fileFailure } from './file-failure.ts';
import { fileNameOf } from './own-presets.ts';
import { readBounded } from './trainer/files/bounded-file.ts';

/** A file that holds a set-up string and nothing else; installed apps open it with a double click. */
const FILE_END = '.firstlayer';

export const isSetupFile = (path: string): boolean => path.endsWith(FILE_END);

/** @throws Error if it cannot be read, FailureError that names it if it holds no set-up */
export async function readSetupFile(path: string): Promise<PortableSetup> {
  const text = (await readBounded(path, LONGEST_SETUP)).toString('utf8');
  try {
    return readSetupString(text);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    throw new FailureError({ ...error.failure, where: path }, { cause: error });
  }
}

/** The system's dialogs; each answers with a path, or null if the person cancelled. */
export interface SetupDialogs {
  fileToRead(): Promise<string | null>;
  fileToWrite(suggested: string): Promise<string | null>;
}

/**
 * @returns the file's path; null if the person cancelled
 * @throws FailureError if it cannot be written
 */
export async function saveSetup(
  { config, hidden }: SetupToSave,
  dialogs: SetupDialogs,
): Promise<string | null> {
  const path = await dialogs.fileToWrite(fileNameOf(config.network.name, 'set-up') + FILE_END);
  if (path === null) return null;
  try {
    writeFileSync(path, `${setupString(config, hidden)}\n`);
  } catch (cause) {
    throw fileFailure('The set-up could not be written', path, cause);
  }
  return path;
}

/** @throws FailureError if it cannot be read, or holds no set-up */
export async function openSetup(dialogs: SetupDialogs): Promise<OpenedSetup | null> {
  const path = await dialogs.fileToRead();
  if (path === null) return null;
  try {
    return { name: basename(path, FILE_END), setup: await readSetupFile(path) };
  } catch (cause) {
    if (cause instanceof FailureError) throw cause;
    throw fileFailure('The set-up could not be read', path, cause);
  }
}
