import { app, clipboard, dialog } from 'electron';
import type { Failure } from '../../shared/ipc.ts';
import { detailsOf, logFailure, revealLog } from './log.ts';

const COPY = 0;
const SHOW_LOG = 1;

/** The app could not start: says so, and what to do, where there is no window that could. Ends the app when the person has read it. */
export async function showStartFailure(failure: Failure): Promise<void> {
  logFailure(failure);
  await app.whenReady();
  for (;;) {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      title: 'Firstlayer',
      message: 'Firstlayer could not start.',
      detail: `${failure.what}\n\n${failure.remedy}\n\nWhere: ${failure.where}\n\nYour checkpoints are as they were.`,
      buttons: ['Copy details', 'Open log folder', 'Quit'],
      defaultId: 2,
      cancelId: 2,
      noLink: true,
    });
    if (response === COPY) await clipboard.writeText(detailsOf(failure));
    else if (response === SHOW_LOG) await revealLog().catch(() => undefined);
    else break;
  }
  app.exit(1);
}
