import { clipboard } from 'electron';
import type { AppContract } from '../../shared/contract.ts';
import type { desktopCalls, PowerState } from '../../shared/desktop-calls.ts';
import type { Handlers } from '../../shared/ipc.ts';
import type { LanguageChoice } from '../../shared/language.ts';
import { detailsOf, revealLog } from './log.ts';

interface Desktop {
  power: () => PowerState;
  setBatteryLow: (isLow: boolean) => void;
  openFolder: (path: string) => boolean;
}

export const desktopHandlers = (
  { power, setBatteryLow, openFolder }: Desktop,
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
  chooseLanguage(choice) {
    language.choose(choice);
  },
});
