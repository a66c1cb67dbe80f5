import { clipboard } from 'electron';
import type { AppContract } from '../../shared/contract.ts';
import type { desktopCalls, PowerState } from '../../shared/desktop-calls.ts';
import type { Handlers } from '../../shared/ipc.ts';
import type { UpdateCheck } from '../updates/update-check.ts';
import { updateHandlers } from '../updates/updates.ts';
import type { LanguageChoice } from '../../shared/language.ts';
import { detailsOf, revealLog } from './log.ts';

interface Desktop {
  power: () => PowerState;
  setBatteryLow: (isLow: boolean) => void;
  openFolder: (path: string) => boolean;
  updates: UpdateCheck;
}

export const desktopHandlers = (
  { power, setBatteryLow, openFolder, updates }: Desktop,
  language: { choose: (choice: LanguageChoice) => void },
): Pick<Handlers<AppContract>, keyof typeof desktopCalls> => ({
  power,
  batteryIsLow(isLow) {
    setBatteryLow(isLow);
  },
  async copyDetails(failure) {
    await clipboard.writeText(detailsOf(failure));
  },
  async revealLog() {
    await revealLog();
  },
  openDroppedFolder({ path }) {
    openFolder(path);
  },
  ...updateHandlers(updates),
  chooseLanguage(choice) {
    language.choose(choice);
  },
});
