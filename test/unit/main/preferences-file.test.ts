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
import { readPreferences, type PreferencesData } from '../../../main/preferences-file.ts';
import type { RunConfig } from '../../../shared/config.ts';
import { initialCurveView } from '../../../shared/curve-view.ts';
import { withDropoutRate } from '../../../shared/dropout-rates.ts';
import type { Failure } from '../../../shared/ipc.ts';
import { initialLearnProgress } from '../../../shared/learn-progress.ts';
import { initialTrainChoices } from '../../../shared/train-choices.ts';
import { presets, seedRun } from '../../../shared/presets.ts';
import { valueAt, withValueAt } from '../../../shared/setting-paths.ts';
import { initialUpdateChoice } from '../../../shared/update-check.ts';

const defaults: PreferencesData = {
  folder: null,
  language: 'system',
  place: 'train',
  curveView: initialCurveView,
  ownDrawings: null,
  threads: null,
  trainChoices: initialTrainChoices,
  learnProgress: initialLearnProgress,
  updates: initialUpdateChoice,
  recentFolders: [],
  config: seedRun(),
  hidden: [],
  window: null,
  windows: {},
};

const seed = seedRun();
const config: RunConfig = {
  ...presets['lenet-5']!(),
  data: { ...seed.data, batchSize: 64, validationSize: 100, transpose: true },
  training: { ...seed.training, epochs: 3, maxSteps: 9, seed: 7, precision: 'float32' },
  checkpoints: { ...seed.checkpoints, keep: 2, everyMinutes: 3 },
};

/** As a person may have it, nothing at its default. */
const saved = {
  folder: '/run',
  language: 'de',
  place: 'runs',
  curveView: {
    axis: 'time',
    follows: false,
    logarithmic: true,
    smoothing: 50,
    showsRate: true,
    steps: { from: 10, to: 20 },
    values: { loss: { from: 0, to: 1 }, accuracy: null, rate: null },
  },
  threads: 1,
  updates: { isOn: true, askedAt: 1_700_000_000_000, newest: '0.2.0', dismissed: '0.1.5' },
  trainChoices: {
    verdictTones: true,
    compared: [{ folder: '/before', branch: 2, colour: 3 }],
    reference: { folder: '/before', branch: 2 },
  },
  learnProgress: { open: 'filters' as const, done: ['why-not-dense' as const] },
  ownDrawings: '/mine',
  recentFolders: ['/run', '/before', '/first'],
  config,
  hidden: ['network' as const, 'saving' as const],
  window: { x: 10, y: 20, width: 1000, height: 700, maximized: true },
  windows: {},
};

/** The numbers of the form that an earlier version had, and the run that they mean. */
const former = {
  epochs: 3,
  batchSize: 64,
  learningRate: 0.01,
  convolutionDropout: 0.1,
  denseDropout: 0.4,
  seed: 7,
  precision: 'float32',
};
const formerConfig = (without = ''): RunConfig => {
  const had = (name: string): boolean => name !== without;
  const run: RunConfig = {
    ...seed,
    optimizer: { ...seed.optimizer, learningRate: had('learningRate') ? 0.01 : 0.001 },
    data: { ...seed.data, batchSize: had('batchSize') ? 64 : 128 },
    training: {
      ...seed.training,
      epochs: had('epochs') ? 3 : 10,
      seed: had('seed') ? 7 : 1,
      precision: had('precision') ? 'float32' : 'auto',
    },
  };
  const withConvolution = withDropoutRate(
    run,
    'convolution',
    had('convolutionDropout') ? 0.1 : 0.2,
  );
  return withDropoutRate(withConvolution, 'dense', had('denseDropout') ? 0.4 : 0.5);
};

describe('readPreferences', () => {
  let folder: string;
  let file: string;
  let warnings: Failure[];
  const read = (content?: string): PreferencesData => {
    if (content !== undefined) writeFileSync(file, content);
    return readPreferences(file, (warning) => warnings.push(warning));
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
      JSON.stringify({ folder: '/run', config: { ...config, checkpoints: undefined } }),
      { ...defaults, folder: '/run', config: { ...config, checkpoints: seed.checkpoints } },
    ],
    [
      'settings of a later version',
      JSON.stringify({
        later: 1,
        folder: '/run',
        config: { ...config, later: {}, training: { ...config.training, later: 2 } },
      }),
      { ...defaults, folder: '/run', config },
    ],
    [
      'settings of an earlier version',
      JSON.stringify({ folder: '/run', hyperparameters: former }),
      { ...defaults, folder: '/run', config: formerConfig() },
    ],
    [
      'part of the settings of an earlier version',
      '{"folder": "/run", "hyperparameters": {"epochs": 3, "later": 2}}',
      {
        ...defaults,
        folder: '/run',
        config: { ...seed, training: { ...seed.training, epochs: 3 } },
      },
    ],
    [
      'a run of before some of its settings were made',
      JSON.stringify({ config: withoutSettings(config, 'clipNorm', 'maxSteps', 'seed', 'bias') }),
      {
        ...defaults,
        config: {
          ...config,
          optimizer: { ...config.optimizer, clipNorm: null },
          training: { ...config.training, maxSteps: null, seed: 1 },
          network: {
            ...config.network,
            layers: config.network.layers.map((layer) =>
              'bias' in layer ? { ...layer, bias: false } : layer,
            ),
          },
        },
      },
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

  const withSetting = (path: string, value: unknown) => ({
    ...saved,
    config: withValueAt(config, path, value),
  });
  const bounds = { x: 10, y: 20, width: 1000, height: 700 };
  const withFormer = (hyperparameters: unknown) => ({
    ...saved,
    config: undefined,
    hyperparameters,
  });
  const eachBad: [path: string, content: object, settings: object][] = [
    ['folder', { ...saved, folder: 7 }, { ...saved, folder: null }],
    ['recentFolders', { ...saved, recentFolders: 'no list' }, { ...saved, recentFolders: [] }],
    [
      'recentFolders.1',
      { ...saved, recentFolders: ['/run', null, '/first'] },
      { ...saved, recentFolders: ['/run', '/first'] },
    ],
    ['hidden', { ...saved, hidden: 'network' }, { ...saved, hidden: [] }],
    ['hidden.1', { ...saved, hidden: ['network', 'pad'] }, { ...saved, hidden: [] }],
    ['config', { ...saved, config: [1] }, { ...saved, config: seed }],
    ['config', { ...saved, config: 7 }, { ...saved, config: seed }],
    ['config.data', withSetting('data', []), withSetting('data', seed.data)],
    ...[
      'training.epochs',
      'training.maxSteps',
      'training.seed',
      'training.precision',
      'data.batchSize',
      'data.transpose',
      'optimizer.learningRate',
      'optimizer.warmUpSteps',
      'checkpoints.keep',
      'checkpoints.everyMinutes',
    ].flatMap((path) =>
      [-1, 1e10, 'many', {}].map((value): (typeof eachBad)[number] => [
        `config.${path}`,
        withSetting(path, value),
        withSetting(path, valueAt(seed, path)),
      ]),
    ),
    [
      'config.network.layers.0.filters',
      withSetting('network.layers.0.filters', 0),
      withSetting('network.layers.0.filters', 32),
    ],
    [
      'config.network.layers.2.kernel.1',
      withSetting('network.layers.2.kernel.1', 65),
      withSetting('network.layers.2.kernel', [3, 3]),
    ],
    [
      'config.network.layers.1.type',
      withSetting('network.layers.1.type', 'drop'),
      withSetting('network.layers', seed.network.layers),
    ],
    ['hyperparameters', withFormer([1]), { ...saved, config: seed }],
    ...Object.keys(former).flatMap((name) =>
      [-1, 1e10, 'many', null, {}].map((value): (typeof eachBad)[number] => [
        `hyperparameters.${name}`,
        withFormer({ ...former, [name]: value }),
        { ...saved, config: formerConfig(name) },
      ]),
    ),
    ...[0, -1, 1.5, 1e6, '2', {}].map((value): (typeof eachBad)[number] => [
      'threads',
      { ...saved, threads: value },
      { ...saved, threads: null },
    ]),
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
    const bad = withValueAt(withValueAt(config, 'training.epochs', 0), 'data.batchSize', -1);
    expect(read(JSON.stringify({ ...saved, folder: false, config: bad }))).toEqual({
      ...saved,
      folder: null,
      config: {
        ...config,
        data: { ...config.data, batchSize: 128 },
        training: { ...config.training, epochs: 10 },
      },
    });
    expect(warnings).toHaveLength(1);
    for (const path of ['folder', 'config.training.epochs', 'config.data.batchSize'])
      expect(warnings[0]!.what).toContain(`${path} (`);
  });

  it('keeps the newest of more recent folders than there is room for', () => {
    const recentFolders = Array.from({ length: 250 }, (_, index) => `/run ${index}`);
    expect(read(JSON.stringify({ recentFolders })).recentFolders).toEqual(
      recentFolders.slice(0, 200),
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

/** Plain data without what has one of these names, at any depth. */
function withoutSettings(data: unknown, ...names: string[]): unknown {
  return JSON.parse(
    JSON.stringify(data, (name, value: unknown) => (names.includes(name) ? undefined : value)),
  );
}
