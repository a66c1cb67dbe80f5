import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { runConfigSchema, type RunConfig } from '../../shared/config.ts';
import { hasCode } from './checkpoint/files.ts';

/** A mistake in what the command line was given: the program prints it and exits with 2. */
export class ArgumentError extends Error {}

/** @throws ArgumentError naming the file and what is wrong with it */
export function readConfig(path: string): RunConfig {
  return checkConfig(parse(path, read(path)), (setting) => `${path}: ${setting}`);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT'))
      throw new ArgumentError(`--config ${path}: there is no such file.`);
    const reason = error instanceof Error ? error.message : String(error);
    throw new ArgumentError(`--config ${path} cannot be read: ${reason}`);
  }
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ArgumentError(`--config ${path} is not JSON: ${reason}`);
  }
}

/**
 * @param named what a setting is called where it was given, by its path
 * @throws ArgumentError with a line for each setting that is wrong: its name, its value and what is allowed
 */
export function checkConfig(config: unknown, named: (path: string) => string): RunConfig {
  const parsed = v.safeParse(runConfigSchema, config);
  if (parsed.success) return parsed.output;
  const lines = parsed.issues.map((issue) => {
    const name = named(v.getDotPath(issue) ?? 'configuration');
    const value = valueOf(issue).slice(0, 80);
    return `${[name, value].join(' ').trimEnd()}: ${issue.message}.`;
  });
  throw new ArgumentError(lines.join('\n'));
}

/** As it was given; empty where a setting is missing. */
function valueOf({ path, received }: v.BaseIssue<unknown>): string {
  const last = path?.at(-1);
  // Of a setting that is not known, what was received is its name.
  if (last?.origin !== 'key') return received;
  return last.value === undefined ? '' : JSON.stringify(last.value);
}
