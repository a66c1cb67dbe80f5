import {
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import * as v from 'valibot';
import { runConfigSchema } from '../shared/config.ts';
import { curveViewSchema, initialCurveView } from '../shared/curve-view.ts';
import type { Failure } from '../shared/ipc.ts';
import { places } from '../shared/places.ts';
import { hiddenPartsSchema } from '../shared/portable-setup.ts';
import { seedRun } from '../shared/presets.ts';
import { threadCount } from '../shared/threads.ts';
import { initialTrainChoices, trainChoicesSchema } from '../shared/train-choices.ts';
import { messageOf, systemFault } from '../shared/system-errors.ts';
import { allowedConfig, configOfFormerForm, type SavedConfig } from './saved-config.ts';

/** What is remembered between two starts of the app. */

/** All folders that a person has used are listed with their runs. */
export const MAX_RECENT = 200;

const bound = v.pipe(v.number(), v.finite());

export const preferencesSchema = v.object({
  /** Null until one was chosen: the default folder. */
  folder: v.nullable(v.string()),
  recentFolders: v.pipe(v.array(v.string()), v.maxLength(MAX_RECENT)),
  /** The run that the form holds. */
  config: runConfigSchema,
  /** What a teacher hides of it in Set up. */
  hidden: hiddenPartsSchema,
  /** Where in the window the person was last. */
  place: v.picklist(places),
  /** How the curves are drawn. */
  curveView: curveViewSchema,
  /** How many of the machine's cores training may use; null: all of them. */
  threads: v.nullable(v.pipe(threadCount, v.maxValue(availableParallelism()))),
  /** In Train, beside the curves. */
  trainChoices: trainChoicesSchema,
  window: v.nullable(
    v.object({ x: bound, y: bound, width: bound, height: bound, maximized: v.boolean() }),
  ),
});
export type PreferencesData = v.InferOutput<typeof preferencesSchema>;

export interface Preferences {
  get<K extends keyof PreferencesData>(key: K): PreferencesData[K];
  set<K extends keyof PreferencesData>(key: K, value: PreferencesData[K]): void;
}

const initialPreferences = (): PreferencesData => ({
  folder: null,
  recentFolders: [],
  config: seedRun(),
  hidden: [],
  place: 'train',
  curveView: initialCurveView,
  threads: null,
  trainChoices: initialTrainChoices,
  window: null,
});

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
  const entriesOf = (schemas: v.ObjectEntries, entries: Entries): Entries =>
    Object.fromEntries(
      Object.entries(entries).filter(([key, value]) => {
        const schema = Object.hasOwn(schemas, key) ? schemas[key] : undefined;
        const [issue] = (schema && v.safeParse(schema, value).issues) ?? [];
        if (!issue) return true;
        const within = v.getDotPath(issue);
        const place = `${key}${within === null ? '' : `.${within}`}`;
        problems.push(`${place} (${issue.message.replace(/\.$/, '')})`);
        return false;
      }),
    );
  const inner: Entries = { ...content };
  const { recentFolders, window } = content;
  if (Array.isArray(recentFolders))
    inner.recentFolders = recentFolders
      .filter((path, index) => {
        const isPath = typeof path === 'string';
        if (!isPath) problems.push(`recentFolders.${index} (it is no path)`);
        return isPath;
      })
      .slice(0, MAX_RECENT);
  const saved = savedConfig(content);
  if (saved) {
    inner.config = saved.config;
    problems.push(...saved.problems);
  }
  // The four bounds are one setting: a place without a size is none.
  if (isObject(window) && typeof window.maximized !== 'boolean') {
    problems.push('window.maximized (it is neither true nor false)');
    inner.window = { ...window, maximized: false };
  }
  return { content: entriesOf(preferencesSchema.entries, inner), problems };
}

/** Null where none is saved. A file of an earlier version has the numbers of its form instead. */
function savedConfig({ config, hyperparameters }: Entries): SavedConfig | null {
  if (config !== undefined) return allowedConfig(config);
  if (hyperparameters === undefined) return null;
  if (isObject(hyperparameters)) return configOfFormerForm(hyperparameters);
  return { config: seedRun(), problems: ['hyperparameters (it is no list of names and values)'] };
}

/**
 * What a settings file says. A file that cannot be read is moved out of the way, where its owner can look at it; one with
 * settings that are not allowed is kept there too, and goes on without those. Each is told through `warn`.
 */
export function readPreferences(file: string, warn: (failure: Failure) => void): PreferencesData {
  if (!existsSync(file)) return initialPreferences();
  const aside = `${file}.unreadable-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
    if (!isObject(content)) throw new Error('it is no list of names and values');
  } catch (error) {
    // It may be whole: what keeps it from being read is told when it is opened.
    if (systemFault(error) && statSync(file, { throwIfNoEntry: false })?.isFile())
      return initialPreferences();
    const kept = reasonOfFailure(() => renameSync(file, aside));
    warn({
      what: `The saved settings could not be read (${messageOf(error)}${kept}), so the app starts with its defaults.`,
      where: aside,
      remedy: 'Choose your checkpoint folder again. The old file is kept beside the new one.',
    });
    return initialPreferences();
  }
  const allowed = allowedOf(content);
  if (allowed.problems.length > 0) {
    const kept = reasonOfFailure(() => {
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
  return v.parse(preferencesSchema, { ...initialPreferences(), ...allowed.content });
}

/** @returns why it could not be done, to follow another reason; empty where it was */
function reasonOfFailure(action: () => void): string {
  try {
    action();
    return '';
  } catch (error) {
    return `; the file itself could not be changed: ${messageOf(error)}`;
  }
}
