import { shell } from 'electron';
import { FailureError } from '../../shared/ipc.ts';
import { messageOf } from '../../shared/system-errors.ts';

/** The one site outside of the app that can be opened. */
const SITE = 'https://github.com/';

/**
 * Opens the page of the newest version in the person's browser.
 * @param page built in: neither a host's answer nor the window names it
 */
export async function openReleasePage(page: string | null): Promise<void> {
  if (!page?.startsWith(SITE)) return;
  try {
    await shell.openExternal(page);
  } catch (error) {
    throw new FailureError({
      what: `The page could not be opened: ${messageOf(error)}.`,
      where: page,
      remedy: 'Open this address in your browser.',
    });
  }
}
