import * as v from 'valibot';
import { failureSchema } from './failure-schema.ts';
import { languageChoices } from './language.ts';
import { updateCalls, updateEvents } from './update-check.ts';

/** What the window and the desktop tell each other; a part of the contract. */

const nothing = v.undefined();

const powerStateSchema = v.strictObject({
  onBattery: v.boolean(),
  /** Of the processor's speed, in per cent, as far as the system says. */
  speedLimit: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
  /** It is so hot that the system slows it down. */
  isHot: v.boolean(),
});
export type PowerState = v.InferOutput<typeof powerStateSchema>;

export const desktopCalls = {
  power: { input: nothing, output: powerStateSchema },
  /** Whether the battery is so low that the computer may fall asleep although a run trains. */
  batteryIsLow: { input: v.boolean(), output: nothing },
  /** A failure as a text for somebody who can help, to the clipboard; the home folder is shortened in it. */
  copyDetails: { input: failureSchema, output: nothing },
  /** Loads the page in that language; a run that trains goes on. */
  chooseLanguage: { input: v.picklist(languageChoices), output: nothing },
  revealLog: { input: nothing, output: nothing },
  /** A folder that was dropped on the window. The preload alone asks for this, with the path of what was dropped. */
  openDroppedFolder: {
    input: v.strictObject({ path: v.pipe(v.string(), v.minLength(1)) }),
    output: nothing,
  },
  ...updateCalls,
};

export const desktopEvents = { power: powerStateSchema, ...updateEvents };
