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
import { languageChoices } from '../shared/language.ts';
import { places } from '../shared/places.ts';
import { hiddenPartsSchema } from '../shared/portable-setup.ts';
import { seedRun } from '../shared/presets.ts';
import { threadCount } from '../shared/threads.ts';
import { initialLearnProgress, learnProgressSchema } from '../shared/learn-progress.ts';
import { initialTrainChoices, trainChoicesSchema } from '../shared/train-choices.ts';
import { messageOf, systemFault } from '../shared/system-errors.ts';
import { initialUpdateChoice, updateChoiceSchema } from '../shared/update-check.ts';
import { allowedConfig, configOfFormerForm, type SavedConfig } from './saved-config.ts';

/** What is remembered between two starts of the app. */

/** All folders that a person has used are listed with their runs. */
export const MAX_RECENT = 200;

const bound = v.pipe(v.number(), v.finite());
const windowPlaceSchema = v.object({
  ...{ x: bound, y: bound, width: bound, height: bound },
  maximized: v.boolean(),
});

export const preferencesSchema = v.object({
  /** Null until one was chosen, which means the default folder. */
  folder: v.nullable(v.string()),
  recentFolders: v.pipe(v.array(v.string()), v.maxLength(MAX_RECENT)),
  /** The run that the form holds. */
  config: runConfigSchema,
  /** Parts of the form that a teacher hides in Set up. */
  hidden: hiddenPartsSchema,
  language: v.picklist(languageChoices),
  /** The place in the window that the person saw last. */
  place: v.picklist(places),
  /** How the curves are drawn. */
  curveView: curveViewSchema,
  /** Where the person's own drawings are kept; null until a folder was chosen. */
  ownDrawings: v.nullable(v.string()),
  /** How many of the machine's cores training may use; null: all of them. */
  threads: v.nullable(v.pipe(threadCount, v.maxValue(availableParallelism()))),
  /** In Train, beside the curves. */
  trainChoices: trainChoicesSchema,
  learnProgress: learnProgressSchema,
  updates: updateChoiceSchema,
  /** Where it was closed last. */
  window: v.nullable(windowPlaceSchema),
  /** Where it was closed last under other arrangements of screens, by `arrangementOf`, the newest last. */
  windows: v.record(v.string(), windowPlaceSchema),
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
  language: 'system',
  place: 'train',
  curveView: initialCurveView,
  ownDrawings: null,
  threads: null,
  trainChoices: initialTrainChoices,
  learnProgress: initialLearnProgress,
  updates: initialUpdateChoice,
  window: null,
  windows: {},
});

type Entries = Record<string, unknown>;
const isObject = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The allowed part of a settings file, and the problems with the rest, by path. */
interface Allowed {
  content: Entries;
  problems: string[];
}

/** Leaves out each setting that is not allowed, so that it gets its default. Settings of a later version stay. */
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
  // The window's bounds are one setting: they are useless unless all four are there.
  if (isObject(window) && typeof window.maximized !== 'boolean') {
    problems.push('window.maximized (it is neither true nor false)');
    inner.window = { ...window, maximized: false };
  }
  return { content: entriesOf(preferencesSchema.entries, inner), problems };
}

/** Null if none is saved. A file of an earlier version has only the numbers of its form. */
function savedConfig({ config, hyperparameters }: Entries): SavedConfig | null {
  if (config !== undefined) return allowedConfig(config);
  if (hyperparameters === undefined) return null;
  if (isObject(hyperparameters)) return configOfFormerForm(hyperparameters);
  return { config: seedRun(), problems: ['hyperparameters (it is no list of names and values)'] };
}

/**
 * Reads the settings file. A file that cannot be read is moved aside, where its owner can look at it. One with settings that are not
 * allowed is copied there too, and then used without them. Problems are reported through `warn`.
 */
export function readPreferences(file: string, warn: (failure: Failure) => void): PreferencesData {
  if (!existsSync(file)) return initialPreferences();
  const aside = `${file}.unreadable-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
    if (!isObject(content)) throw new Error('it is no list of names and values');
  } catch (error) {
    // The file may be undamaged; why it cannot be read is reported when it is opened.
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

/** @returns why it could not be done, as an addition to another reason; empty if it was done */
function reasonOfFailure(action: () => void): string {
  try {
    action();
    return '';
  } catch (error) {
    return `; the file itself could not be changed: ${messageOf(error)}`;
  }
}
