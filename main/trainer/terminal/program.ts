import { parseArgs, type ParseArgsConfig } from 'node:util';
import { FailureError } from '../../../shared/ipc.ts';
import { printable, shown } from '../../../shared/shown.ts';
import { thrownText } from '../../../shared/system-errors.ts';
import { threadsToUse } from '../tensorflow/environment.ts';
import { ArgumentError } from './config-file.ts';
import { endIfUnwritable, endProgram, EXIT, failureText, tellUncaught } from './exit.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Options that all programs with a single answer have besides their own. */
const common = {
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/**
 * Parses a command line.
 * @param allowPositionals whether words that are not options are allowed
 * @throws ArgumentError that names what is unknown
 */
export function parseCommandLine<const T extends Options>(options: T, allowPositionals = true) {
  try {
    return parseArgs({ options: { ...options, ...common }, allowPositionals });
  } catch (error) {
    throw new ArgumentError(printable(thrownText(error)));
  }
}

/** @throws ArgumentError */
export function wholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new ArgumentError(`--${name} must be a whole number from 0, but is ${shown(text)}.`);
}

/**
 * Runs a program that gives one answer, and ends it: with 0, with 2 if the request is refused, with 1 if it failed.
 * @param answer prints to standard output and returns the exit code
 */
export async function runProgram(
  name: string,
  usage: string,
  answer: () => Promise<number>,
): Promise<void> {
  tellUncaught(name);
  endIfUnwritable();
  if (process.argv.slice(2).some((each) => each === '--help' || each === '-h'))
    endProgram(usage, EXIT.done);
  try {
    threadsToUse();
    process.exitCode = await answer();
  } catch (error) {
    if (error instanceof ArgumentError) endProgram(`${error.message}\n\n${usage}`, EXIT.refused);
    if (!(error instanceof FailureError)) throw error;
    endProgram(failureText(error.failure), EXIT.refused);
  }
}
