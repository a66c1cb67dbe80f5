import { resolve } from 'node:path';
import * as v from 'valibot';
import type { PortableSetup } from '../shared/portable-setup.ts';
import { readSetupString } from '../shared/setup-string.ts';
import { isSetupFile, readSetupFile } from './setup-file.ts';
import { toFailure, type Failure } from '../shared/ipc.ts';

/** `firstlayer --setup STRING` opens the app with that set-up in its form; `firstlayer FILE.firstlayer` with the one in a file. */

const OPTION = '--setup';
const givenSchema = v.object({
  /** What followed the option; empty if nothing did, null if the option was missing. */
  setup: v.nullable(v.string()),
  /** Path of a file; null if none was named. */
  file: v.nullable(v.string()),
});
export type GivenSetup = v.InferOutput<typeof givenSchema>;

/**
 * The set-up that is named in the app's arguments.
 * @param folder that a file's path begins from
 */
export function givenSetup(args: readonly string[], folder: string): GivenSetup {
  const at = args.findIndex((each) => each === OPTION || each.startsWith(`${OPTION}=`));
  const option = args[at];
  const file = args.find((each) => isSetupFile(each) && !each.startsWith('-'));
  if (option === undefined)
    return { setup: null, file: file === undefined ? null : resolve(folder, file) };
  return {
    setup: option === OPTION ? (args[at + 1] ?? '') : option.slice(OPTION.length + 1),
    file: null,
  };
}

/**
 * What a second start of the app passes to the first; its command line reaches that one in another order.
 * @param data unchecked
 */
export const handedOnSetup = (data: unknown): GivenSetup =>
  v.is(givenSchema, data) ? data : { setup: null, file: null };

/** Reads a set-up that the app was opened with, if any, and hands it on, or says what is wrong. */
export async function takeSetup(
  asked: GivenSetup,
  take: (setup: PortableSetup) => void,
  warn: (failure: Failure) => void,
): Promise<void> {
  try {
    const setup = await setupOf(asked);
    if (setup) take(setup);
  } catch (error) {
    warn(toFailure(error, asked.file ?? '--setup'));
  }
}

/**
 * The set-up itself; null if none was given.
 * @throws Error if its file cannot be read, FailureError if it is none
 */
export async function setupOf({ setup, file }: GivenSetup): Promise<PortableSetup | null> {
  if (file !== null) return readSetupFile(file);
  return setup === null ? null : readSetupString(setup);
}
