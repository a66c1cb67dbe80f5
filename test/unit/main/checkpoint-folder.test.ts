import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CheckpointFolder } from '../../../main/checkpoint-folder.ts';
import type { Preferences, PreferencesData } from '../../../main/preferences-file.ts';
import { seedRun } from '../../../shared/presets.ts';

function memory(): Preferences {
  const data: PreferencesData = {
    folder: null,
    place: 'train',
    recentFolders: [],
    config: seedRun(),
    hidden: [],
    window: null,
  };
  return {
    get: (key) => data[key],
    set: (key, value) => {
      data[key] = value;
    },
  };
}

describe('CheckpointFolder', () => {
  let home: string;
  let folder: CheckpointFolder;
  const make = (name: string): string => {
    const path = join(home, name);
    mkdirSync(path);
    return path;
  };
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'firstlayer-folder-'));
    folder = new CheckpointFolder(memory(), home);
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
  });

  it('has a default, made when a run first needs it', () => {
    expect(folder.path).toBe(join(home, 'Firstlayer', 'CNN_ckpt_dir'));
    expect(folder.exists()).toBe(false);
    folder.prepare();
    expect(folder.exists()).toBe(true);
  });

  it('says so where the default cannot be made, such as below a link to nowhere', () => {
    const link = join(home, 'documents');
    symlinkSync(join(home, 'unplugged'), link);
    expect(() => {
      new CheckpointFolder(memory(), link).prepare();
    }).toThrow('could not be made');
  });

  it('remembers eight, newest first, each once, the present one left out', () => {
    const paths = Array.from({ length: 10 }, (_, index) => make(`run-${index}`));
    for (const path of paths) folder.choose(path);
    folder.choose(paths[8]!);
    const newestFirst = [9, 7, 6, 5, 4, 3, 2].map((index) => paths[index]);
    expect(folder.describe()).toEqual({
      path: paths[8],
      checkpoint: null,
      found: null,
      recent: newestFirst,
    });
  });

  it('takes no path for a recent one that is not', () => {
    expect(() => {
      folder.chooseRecent(make('other'));
    }).toThrow('not among the recent ones');
  });

  it('refuses what is no folder, and keeps the present one', () => {
    const present = make('present');
    folder.choose(present);
    const file = join(home, 'file');
    writeFileSync(file, '');
    for (const path of [file, join(file, 'below'), join(home, 'missing')])
      expect(() => {
        folder.choose(path);
      }).toThrow('is not there');
    expect(folder.path).toBe(present);
  });

  it('does not make a chosen folder anew that has gone', () => {
    const gone = make('gone');
    folder.choose(gone);
    rmSync(gone, { recursive: true });
    expect(() => {
      folder.prepare();
    }).toThrow('is not there');
  });

  it('forgets the checkpoint with the folder it was in', () => {
    folder.note({ path: 'p', step: 1, epoch: 0, seed: 1 });
    folder.choose(make('new'));
    expect(folder.describe().checkpoint).toBeNull();
  });
});
