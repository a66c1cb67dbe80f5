import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import * as v from 'valibot';
import { hyperparametersSchema } from '../shared/hyperparameters.ts';
import type { Failure } from '../shared/ipc.ts';
import { messageOf, systemFault } from '../shared/system-errors.ts';

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

/** Any field may be missing; an array, which is an object to the schema library, will not do. */
const fileSchema = v.pipe(
  v.unknown(),
  v.check((content) => !Array.isArray(content), 'it is a list'),
  v.partial(settingsSchema),
);

/** Moves a settings file that is not what the schema says out of the way, where its owner can look at it. */
export function setAsideIfBad(file: string, warn: (failure: Failure) => void): void {
  if (!existsSync(file)) return;
  let problem: string;
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const parsed = v.safeParse(fileSchema, content);
    if (parsed.success) return;
    const [issue] = parsed.issues;
    problem = `${v.getDotPath(issue) ?? 'file'}: ${issue.message}`;
  } catch (error) {
    // It may be whole: what keeps it from being read is told when it is opened.
    if (systemFault(error) && statSync(file, { throwIfNoEntry: false })?.isFile()) return;
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
