import { app, session } from 'electron';
import type { AppContract } from '../../shared/contract.ts';
import type { Failure, Handlers } from '../../shared/ipc.ts';
import type { updateCalls, UpdateState } from '../../shared/update-check.ts';
import type { Preferences } from '../preferences-file.ts';
import { openReleasePage } from './release-page.ts';
import { releases } from './releases.ts';
import { UpdateCheck } from './update-check.ts';

/** The check with what Electron gives it. */
export const createUpdateCheck = (
  preferences: Preferences,
  tell: (state: UpdateState) => void,
  log: (failure: Failure) => void,
): UpdateCheck =>
  new UpdateCheck({
    preferences,
    running: app.getVersion(),
    releases: testReleases() ?? releases,
    // A session of its own, without cookies and kept nowhere: the window's refuses everything.
    fetch: (address, options) =>
      session.fromPartition('updates', { cache: false }).fetch(address, options),
    tell,
    log,
  });

/** As for the development server: no environment variable changes what a shipped app asks. */
function testReleases(): typeof releases {
  const asked = app.isPackaged ? undefined : process.env.FIRSTLAYER_RELEASES_URL;
  return asked === undefined ? null : { asked, page: 'https://github.com/' };
}

export const updateHandlers = (
  check: UpdateCheck,
): Pick<Handlers<AppContract>, keyof typeof updateCalls> => ({
  updates: () => check.state,
  checkForUpdates: (isOn) => check.switch(isOn),
  dismissUpdate() {
    check.dismiss();
  },
  async openReleasePage() {
    await openReleasePage(check.page);
  },
});
