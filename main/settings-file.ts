import {
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import * as v from 'valibot';
import { hyperparametersSchema } from '../shared/hyperparameters.ts';
import type { Failure } from '../shared/ipc.ts';
import { messageOf, systemFault } from '../shared/system-errors.ts';

/** What is remembered between two starts of the app. */

export const MAX_RECENT = 8;

const bound = v.pipe(v.number(), v.finite());

export const settingsSchema = v.object({
  /** Null until one was chosen: the default folder. */
  folder: v.nullable(v.string()),
  recentFolders: v.pipe(v.array(v.string()), v.maxLength(MAX_RECENT)),
  /** Partial, so that a version with one field more still reads an older file. */
  hyperparameters: v.partial(v.object(hyperparametersSchema.entries)),
  window: v.nullable(
    v.object({ x: bound, y: bound, width: bound, height: bound, maximized: v.boolean() }),
  ),
});
export type SettingsData = v.InferOutput<typeof settingsSchema>;

export interface Settings {
  get<K extends keyof SettingsData>(key: K): SettingsData[K];
  set<K extends keyof SettingsData>(key: K, value: SettingsData[K]): void;
}

const initial: SettingsData = {
  folder: null,
  recentFolders: [],
  hyperparameters: {},
  window: null,
};

type Entries = Record<string, unknown>;
const isObject = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What of a settings file is allowed, and what is wrong with the rest, by its path. */
interface Allowed {
  content: Entries;
  problems: string[];
}

/** Leaves out what is not allowed, each by itself: its default takes its place. Settings of a later version stay. */
function allowedOf(content: Entries): Allowed {
  const problems: string[] = [];
  const entriesOf = (schemas: v.ObjectEntries, entries: Entries, path = ''): Entries =>
    Object.fromEntries(
      Object.entries(entries).filter(([key, value]) => {
        const schema = Object.hasOwn(schemas, key) ? schemas[key] : undefined;
        const [issue] = (schema && v.safeParse(schema, value).issues) ?? [];
        if (!issue) return true;
        const within = v.getDotPath(issue);
        const place = `${path}${key}${within === null ? '' : `.${within}`}`;
        problems.push(`${place} (${issue.message.replace(/\.$/, '')})`);
        return false;
      }),
    );
  const inner: Entries = { ...content };
  const { recentFolders, hyperparameters, window } = content;
  if (Array.isArray(recentFolders))
    inner.recentFolders = recentFolders
      .filter((path, index) => {
        const isPath = typeof path === 'string';
        if (!isPath) problems.push(`recentFolders.${index} (it is no path)`);
        return isPath;
      })
      .slice(0, MAX_RECENT);
  if (Array.isArray(hyperparameters)) {
    // Which is an object to the schema library.
    problems.push('hyperparameters (it is a list)');
    delete inner.hyperparameters;
  }
  if (isObject(hyperparameters))
    inner.hyperparameters = entriesOf(
      hyperparametersSchema.entries,
      hyperparameters,
      'hyperparameters.',
    );
  // The four bounds are one setting: a place without a size is none.
  if (isObject(window) && typeof window.maximized !== 'boolean') {
    problems.push('window.maximized (it is neither true nor false)');
    inner.window = { ...window, maximized: false };
  }
  return { content: entriesOf(settingsSchema.entries, inner), problems };
}

/**
 * What a settings file says. A file that cannot be read is moved out of the way, where its owner can look at it; one with
 * settings that are not allowed is kept there too, and goes on without those. Each is told through `warn`.
 */
export function readSettings(file: string, warn: (failure: Failure) => void): SettingsData {
  if (!existsSync(file)) return { ...initial };
  const aside = `${file}.unreadable-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
    if (!isObject(content)) throw new Error('it is no list of names and values');
  } catch (error) {
    // It may be whole: what keeps it from being read is told when it is opened.
    if (systemFault(error) && statSync(file, { throwIfNoEntry: false })?.isFile())
      return { ...initial };
    const kept = attempt(() => renameSync(file, aside));
    warn({
      what: `The saved settings could not be read (${messageOf(error)}${kept}), so the app starts with its defaults.`,
      where: aside,
      remedy: 'Choose your checkpoint folder again. The old file is kept beside the new one.',
    });
    return { ...initial };
  }
  const allowed = allowedOf(content);
  if (allowed.problems.length > 0) {
    const kept = attempt(() => {
      copyFileSync(file, aside);
      writeFileSync(`${file}.new`, JSON.stringify(allowed.content, null, '\t'));
      renameSync(`${file}.new`, file);
    });
    warn({
      what: `Saved settings that are not allowed take their defaults: ${allowed.problems.join(', ')}${kept}. All others are as they were.`,
      where: aside,
      remedy: 'Set them again, where you want others. The old file is kept beside the new one.',
    });
  }
  return v.parse(settingsSchema, { ...initial, ...allowed.content });
}

/** @returns why it could not be done, to follow another reason; empty where it was */
function attempt(action: () => void): string {
  try {
    action();
    return '';
  } catch (error) {
    return `; the file itself could not be changed: ${messageOf(error)}`;
  }
}
