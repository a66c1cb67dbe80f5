import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CheckpointFolder } from '../../../main/checkpoint-folder.ts';
import { memoryPreferences } from '../../support/memory-preferences.ts';

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
    folder = new CheckpointFolder(memoryPreferences(), home);
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
      new CheckpointFolder(memoryPreferences(), link).prepare();
    }).toThrow('could not be made');
  });

  it('offers eight in its menu, newest first, each once, the present one left out, and remembers all', () => {
    const paths = Array.from({ length: 12 }, (_, index) => make(`run-${index}`));
    for (const path of paths) folder.choose(path);
    folder.choose(paths[8]!);
    const newestFirst = [11, 10, 9, 7, 6, 5, 4, 3].map((index) => paths[index]);
    expect(folder.describe()).toEqual({
      path: paths[8],
      checkpoint: null,
      found: null,
      recent: newestFirst,
    });
    expect(folder.used).toHaveLength(12);
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
