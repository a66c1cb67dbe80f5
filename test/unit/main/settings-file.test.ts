import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSettings, type SettingsData } from '../../../main/settings-file.ts';
import { defaultHyperparameters } from '../../../shared/hyperparameters.ts';
import type { Failure } from '../../../shared/ipc.ts';

const defaults: SettingsData = {
  folder: null,
  recentFolders: [],
  hyperparameters: {},
  window: null,
};

/** As a person may have it, nothing at its default. */
const saved = {
  folder: '/run',
  recentFolders: ['/run', '/before', '/first'],
  hyperparameters: {
    epochs: 3,
    batchSize: 64,
    learningRate: 0.01,
    convolutionDropout: 0.1,
    denseDropout: 0.4,
    seed: 7,
    precision: 'float32',
  },
  window: { x: 10, y: 20, width: 1000, height: 700, maximized: true },
} as const;

describe('readSettings', () => {
  let folder: string;
  let file: string;
  let warnings: Failure[];
  const read = (content?: string): SettingsData => {
    if (content !== undefined) writeFileSync(file, content);
    return readSettings(file, (warning) => warnings.push(warning));
  };
  const asides = (): string[] => readdirSync(folder).filter((name) => name.includes('.unreadable'));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'firstlayer-settings-'));
    file = join(folder, 'settings.json');
    warnings = [];
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['no file', undefined, defaults],
    ['an empty object', '{}', defaults],
    ['all settings', JSON.stringify(saved), saved],
    [
      'part of the settings',
      '{"folder": "/run", "hyperparameters": {"epochs": 3}}',
      { ...defaults, folder: '/run', hyperparameters: { epochs: 3 } },
    ],
    [
      'settings of a later version',
      '{"later": 1, "folder": "/run", "hyperparameters": {"epochs": 3, "later": 2}}',
      { ...defaults, folder: '/run', hyperparameters: { epochs: 3 } },
    ],
  ])('takes %s, and lets the file be', (_name, content, settings) => {
    expect(read(content)).toEqual(settings);
    expect(warnings).toEqual([]);
    expect(readdirSync(folder)).toEqual(content === undefined ? [] : ['settings.json']);
    if (content !== undefined) expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it.each([
    ['a torn file', '{"folder": "/ru', 'JSON'],
    ['an empty file', '', 'JSON'],
    ['a list', '[]', 'no list of names'],
    ['nothing', 'null', 'no list of names'],
  ])('sets %s aside, whole, and says so', (_name, content, named) => {
    expect(read(content)).toEqual(defaults);
    const [kept] = readdirSync(folder);
    expect(kept).toMatch(/^settings\.json\.unreadable-/);
    expect(readFileSync(join(folder, kept!), 'utf8')).toBe(content);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]!.what).toContain(named);
    expect(warnings[0]!.where).toBe(join(folder, kept!));
  });

  const without = (...names: string[]) => ({
    ...saved,
    hyperparameters: Object.fromEntries(
      Object.entries(saved.hyperparameters).filter(([name]) => !names.includes(name)),
    ),
  });
  const withHyperparameter = (name: string, value: unknown) => ({
    ...saved,
    hyperparameters: { ...saved.hyperparameters, [name]: value },
  });
  const bounds = { x: 10, y: 20, width: 1000, height: 700 };
  const eachBad: [path: string, content: object, settings: object][] = [
    ['folder', { ...saved, folder: 7 }, { ...saved, folder: null }],
    ['recentFolders', { ...saved, recentFolders: 'no list' }, { ...saved, recentFolders: [] }],
    [
      'recentFolders.1',
      { ...saved, recentFolders: ['/run', null, '/first'] },
      { ...saved, recentFolders: ['/run', '/first'] },
    ],
    ['hyperparameters', { ...saved, hyperparameters: [1] }, { ...saved, hyperparameters: {} }],
    ...Object.keys(defaultHyperparameters()).flatMap((name) =>
      [-1, 1e10, 'many', null, {}].map((value): (typeof eachBad)[number] => [
        `hyperparameters.${name}`,
        withHyperparameter(name, value),
        without(name),
      ]),
    ),
    ['window', { ...saved, window: 'large' }, { ...saved, window: null }],
    ...Object.keys(bounds).map((name): (typeof eachBad)[number] => [
      `window.${name}`,
      { ...saved, window: { ...saved.window, [name]: 'far' } },
      { ...saved, window: null },
    ]),
    [
      'window.maximized',
      { ...saved, window: { ...bounds, maximized: 'yes' } },
      { ...saved, window: { ...bounds, maximized: false } },
    ],
  ];
  it.each(eachBad)(
    '%s alone has its default where it is not allowed',
    (path, content, settings) => {
      const text = JSON.stringify({ ...content, later: [1] });
      expect(read(text)).toEqual(settings);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]!.what).toContain(`defaults: ${path} (`);
      const [kept] = asides();
      expect(warnings[0]!.where).toBe(join(folder, kept!));
      expect(readFileSync(join(folder, kept!), 'utf8')).toBe(text);
      // The next start has nothing to tell, and what a later version had is still there.
      expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ later: [1] });
      expect(read()).toEqual(settings);
      expect(warnings).toHaveLength(1);
      expect(asides()).toHaveLength(1);
    },
  );

  it('tells of all that is wrong at once, and keeps the rest', () => {
    const hyperparameters = { ...saved.hyperparameters, epochs: 0, denseDropout: 1 };
    expect(read(JSON.stringify({ ...saved, folder: false, hyperparameters }))).toEqual({
      ...without('epochs', 'denseDropout'),
      folder: null,
    });
    expect(warnings).toHaveLength(1);
    for (const path of ['folder', 'hyperparameters.epochs', 'hyperparameters.denseDropout'])
      expect(warnings[0]!.what).toContain(`${path} (`);
  });

  it('keeps the newest of more recent folders than there is room for', () => {
    const recentFolders = Array.from({ length: 12 }, (_, index) => `/run ${index}`);
    expect(read(JSON.stringify({ recentFolders })).recentFolders).toEqual(
      recentFolders.slice(0, 8),
    );
    expect(warnings).toEqual([]);
  });

  it('takes what is allowed also where the file cannot be changed, and says so', () => {
    mkdirSync(`${file}.new`);
    const content = JSON.stringify({ ...saved, folder: 7 });
    expect(read(content)).toEqual({ ...saved, folder: null });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]!.what).toContain('could not be changed');
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it.runIf(process.platform === 'linux')(
    'leaves a file where it is that the disk does not read',
    () => {
      // A file of the system whose beginning cannot be read.
      symlinkSync('/proc/self/mem', file);
      expect(read()).toEqual(defaults);
      expect(readdirSync(folder)).toEqual(['settings.json']);
      expect(warnings).toEqual([]);
    },
  );
});
