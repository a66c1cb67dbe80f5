import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import Store, { type Schema } from 'electron-store';
import { omit } from 'valibot';
import type { Failure } from '../shared/ipc.ts';
import { messageOf, systemFault } from '../shared/system-errors.ts';
import {
  readPreferences,
  preferencesSchema,
  type Preferences,
  type PreferencesData,
} from './preferences-file.ts';

/**
 * Opens the settings in `folder`. Losing them must never keep the app from working: an unreadable file or a setting that is not allowed is
 * replaced by defaults, and what cannot be written is kept in memory. Problems are reported through `warn`.
 */
export function openPreferences(folder: string, warn: (failure: Failure) => void): Preferences {
  const file = join(folder, 'settings.json');
  const data = readPreferences(file, warn);
  const notKept = (error: unknown): void => {
    warn({
      what: `The settings cannot be kept: ${messageOf(error)}.`,
      where: file,
      remedy: `${systemFault(error)?.remedy ?? 'Make the file writable.'} Until then changes last as long as the app runs.`,
    });
  };
  let store: Store<PreferencesData> | null = null;
  try {
    store = openStore(folder);
  } catch (error) {
    notKept(error);
  }
  return {
    get: (key) => data[key],
    set(key, value) {
      data[key] = value;
      try {
        store?.set(key, value);
      } catch (error) {
        notKept(error);
      }
    },
  };
}

/**
 * The run is not part of this schema: the store refuses a whole file for one wrong setting, and a run of another version, which is checked
 * elsewhere, may have more settings or fewer.
 */
const storedSchema = omit(preferencesSchema, ['config']);

const openStore = (folder: string): Store<PreferencesData> =>
  new Store<PreferencesData>({
    name: 'settings',
    cwd: folder,
    // The option takes the schema's properties, and its type is narrower than what it accepts.
    schema: toJsonSchema(storedSchema, { errorMode: 'ignore', target: 'draft-2020-12' })
      .properties as Schema<PreferencesData>,
  });
