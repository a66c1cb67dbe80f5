import * as v from 'valibot';
import { runConfigSchema, type RunConfig } from '../../../shared/config.ts';
import { shown } from '../../../shared/shown.ts';
import { readBounded } from '../files/bounded-file.ts';
import { messageOf } from '../../../shared/system-errors.ts';
import { hasCode } from '../files/durable-files.ts';
import { duplicateKey } from './duplicate-keys.ts';
import { jsonFault } from './json/fault.ts';

/** A mistake in the command line: the program prints it and exits with 2. */
export class ArgumentError extends Error {}

/** Most bytes of a configuration file: far more than 200 layers take. */
const MOST_BYTES = 1_000_000;

/** @throws ArgumentError that names the file and what is wrong with it */
export async function readConfig(path: string): Promise<RunConfig> {
  return checkConfig(parseJson(path, textOf(path, await readFileText(path))), (setting) =>
    [`${path}:`, setting].join(' ').trimEnd(),
  );
}

async function readFileText(path: string): Promise<Buffer> {
  try {
    return await readBounded(path, MOST_BYTES);
  } catch (error) {
    if (hasCode(error, 'ENOENT'))
      throw new ArgumentError(`--config ${path}: there is no such file.`);
    throw new ArgumentError(`--config ${path} cannot be read: ${messageOf(error)}.`);
  }
}

/** Decodes UTF-8, which not every program writes as text. A byte order mark is not part of the text. */
function textOf(path: string, bytes: Buffer): string {
  if (bytes.length === 0) throw new ArgumentError(`--config ${path} is empty.`);
  const mark = bytes.toString('hex', 0, 2);
  if (mark === 'fffe' || mark === 'feff')
    throw new ArgumentError(`--config ${path} is UTF-16 text: save it as UTF-8.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ArgumentError(`--config ${path} is no UTF-8 text.`);
  }
}

function parseJson(path: string, text: string): unknown {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    const fault = jsonFault(text);
    const place = fault ? `: line ${fault.line}, column ${fault.column}: ${fault.what}` : '';
    throw new ArgumentError(`--config ${path} is not JSON${place}.`);
  }
  const twice = duplicateKey(text);
  if (twice === null) return config;
  throw new ArgumentError(`--config ${path} has ${shown(twice)} twice in one object.`);
}

/** Most lines of a message: enough to mend at once. */
const MOST_LINES = 10;

/**
 * @param named returns what a setting is called where it was given, from its path
 * @throws ArgumentError with a line for each wrong setting: its name, its value and what is allowed
 */
export function checkConfig(config: unknown, named: (path: string) => string): RunConfig {
  const parsed = v.safeParse(runConfigSchema, config, { abortPipeEarly: true });
  if (parsed.success) return parsed.output;
  const lines = new Set(parsed.issues.map((issue) => lineOf(issue, named)));
  const more = lines.size - MOST_LINES;
  const told = [...lines].slice(0, MOST_LINES);
  throw new ArgumentError([...told, ...(more > 0 ? [`… and ${more} more.`] : [])].join('\n'));
}

function lineOf(issue: v.BaseIssue<unknown>, named: (path: string) => string): string {
  const path = issue.path ?? [];
  const last = path.at(-1);
  // A list that should be an object is reported once, not for each key that it lacks.
  const isList = last?.type === 'object' && Array.isArray(last.input);
  const keys = (isList ? path.slice(0, -1) : path).map(({ key }) => keyText(key));
  // For an unknown setting, the value received is its name.
  const value = isList ? last.input : last?.origin === 'key' ? last.value : issue.input;
  return `${[named(keys.join('.')), valueText(value)].join(' ').trimEnd()}: ${issue.message}.`;
}

const keyText = (key: unknown): string =>
  typeof key === 'string' && !/^[\w-]{1,80}$/.test(key) ? shown(key) : String(key);

/** Shows a value, but never the content of a list or an object, which may be nested to any depth. Empty if a setting is missing. */
function valueText(value: unknown): string {
  if (value === undefined) return '';
  if (value === null || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  if (typeof value === 'string') return shown(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}
