import { join } from 'node:path';
import type Store from 'electron-store';
import type { Failure } from '../shared/ipc.ts';
import { messageOf, systemFault } from '../shared/system-errors.ts';
import { readPreferences, type Preferences, type PreferencesData } from './preferences-file.ts';

/** Settings that are kept, once there is time for it. */
export interface KeptPreferences extends Preferences {
  /** Resolves when what was set so far is kept, or it was said that it cannot be. What is set afterwards is kept at once. */
  keep(): Promise<void>;
}

/**
 * Opens the settings in `folder`. Losing them must never keep the app from working: an unreadable file or a setting that is not allowed is
 * replaced by defaults, and what cannot be written is kept in memory. Problems are reported through `warn`.
 */
export function openPreferences(folder: string, warn: (failure: Failure) => void): KeptPreferences {
  const file = join(folder, 'settings.json');
  const data = readPreferences(file, warn);
  const changed = new Set<keyof PreferencesData>();
  let store: Store<PreferencesData> | null = null;
  let opening: Promise<void> | null = null;
  const notKept = (error: unknown): void => {
    warn({
      what: `The settings cannot be kept: ${messageOf(error)}.`,
      where: file,
      remedy: `${systemFault(error)?.remedy ?? 'Make the file writable.'} Until then changes last as long as the app runs.`,
    });
  };
  const write = (): void => {
    if (changed.size === 0) return;
    const values = Object.fromEntries([...changed].map((key) => [key, data[key]]));
    changed.clear();
    try {
      // All at once: each call writes the file.
      store?.set(values);
    } catch (error) {
      notKept(error);
    }
  };
  const keep = (): Promise<void> => {
    opening ??= openStore(folder)
      .then((opened) => {
        store = opened;
        write();
      })
      .catch(notKept);
    return opening;
  };
  return {
    get: (key) => data[key],
    set(key, value) {
      data[key] = value;
      changed.add(key);
      if (store) write();
      else void keep();
    },
    keep,
  };
}

/** What is read was checked (preferences-file.ts), and so was what is set. The library is loaded when the window is there: it is large. */
async function openStore(folder: string): Promise<Store<PreferencesData>> {
  const { default: ElectronStore } = await import('electron-store');
  return new ElectronStore<PreferencesData>({ name: 'settings', cwd: folder });
}
