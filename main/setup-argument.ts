import { resolve } from 'node:path';
import * as v from 'valibot';
import { toFailure, type Failure } from '../shared/ipc.ts';
import { LONGEST_SETUP, readSetupString } from '../shared/setup-string.ts';
import { readBounded } from './trainer/files/bounded-file.ts';

/** `firstlayer --setup STRING` opens the app with that set-up in its form; `firstlayer FILE.firstlayer` with the one in a file. */

const OPTION = '--setup';
/** A file that holds a set-up string and nothing else; installed apps open it with a double click. */
const FILE_END = '.firstlayer';

export const isSetupFile = (path: string): boolean => path.endsWith(FILE_END);

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
  take: (setup: ReturnType<typeof readSetupString>) => void,
  warn: (failure: Failure) => void,
): Promise<void> {
  try {
    const text = await setupText(asked);
    if (text !== null) take(readSetupString(text));
  } catch (error) {
    warn(toFailure(error, asked.file ?? '--setup'));
  }
}

/** The string itself; null if none was given. */
export async function setupText({ setup, file }: GivenSetup): Promise<string | null> {
  if (file === null) return setup;
  return (await readBounded(file, LONGEST_SETUP)).toString('utf8');
}
