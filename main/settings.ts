import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import Store, { type Schema } from 'electron-store';
import * as v from 'valibot';
import { hyperparametersSchema } from '../shared/hyperparameters.ts';
import type { Failure } from '../shared/ipc.ts';

/** What is remembered between two starts of the app. */

export const MAX_RECENT = 8;

export const settingsSchema = v.object({
  /** Null until one was chosen: the default folder. */
  folder: v.nullable(v.string()),
  recentFolders: v.pipe(v.array(v.string()), v.maxLength(MAX_RECENT)),
  /** Partial, so that a version with one field more still reads an older file. */
  hyperparameters: v.partial(v.object(hyperparametersSchema.entries)),
  window: v.nullable(
    v.object({
      x: v.number(),
      y: v.number(),
      width: v.number(),
      height: v.number(),
      maximized: v.boolean(),
    }),
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

/**
 * Opens the settings in `folder`. Losing them must never keep the app from working: a file that cannot be read or does
 * not fit is set aside and defaults are used; what cannot be written is kept in memory. Each is told through `warn`.
 */
export function openSettings(folder: string, warn: (failure: Failure) => void): Settings {
  setAsideIfBad(join(folder, 'settings.json'), warn);
  const store = new Store<SettingsData>({
    name: 'settings',
    cwd: folder,
    // The option wants the properties, and knows a narrower type of schema than it accepts.
    schema: toJsonSchema(settingsSchema, { errorMode: 'ignore', target: 'draft-2020-12' })
      .properties as Schema<SettingsData>,
    clearInvalidConfig: true,
  });
  const data: SettingsData = { ...initial, ...store.store };
  return {
    get: (key) => data[key],
    set(key, value) {
      data[key] = value;
      try {
        store.set(key, value);
      } catch (error) {
        warn({
          what: `The settings could not be saved: ${messageOf(error)}`,
          where: store.path,
          remedy:
            'Make the folder writable or free some space; until then changes last as long as the app runs.',
        });
      }
    },
  };
}

/** Moves a settings file that is not what the schema says out of the way, where its owner can look at it. */
export function setAsideIfBad(file: string, warn: (failure: Failure) => void): void {
  if (!existsSync(file)) return;
  let problem: string;
  try {
    const parsed = v.safeParse(v.partial(settingsSchema), JSON.parse(readFileSync(file, 'utf8')));
    if (parsed.success) return;
    const [issue] = parsed.issues;
    problem = `${v.getDotPath(issue) ?? 'file'}: ${issue.message}`;
  } catch (error) {
    problem = messageOf(error);
  }
  const aside = `${file}.unreadable-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    problem += ` (and it could not be moved: ${messageOf(error)})`;
  }
  warn({
    what: `The saved settings could not be read (${problem}), so the app starts with its defaults.`,
    where: aside,
    remedy: 'Choose your checkpoint folder again. The old file was kept under the name above.',
  });
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
