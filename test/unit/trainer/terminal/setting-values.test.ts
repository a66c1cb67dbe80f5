import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../../main/trainer/terminal/arguments.ts';
import { ArgumentError } from '../../../../main/trainer/terminal/config-file.ts';
import { settingOptions, type SettingOption } from '../../../../main/trainer/terminal/options.ts';
import { withSetting } from '../../../../main/trainer/terminal/setting-values.ts';
import { runConfigSchema, type RunConfig } from '../../../../shared/config.ts';
import { fieldList } from '../../../../shared/fields.ts';
import { bordersOf, isNumberRange, rangeWords } from '../../../../shared/fields/ranges.ts';
import { presets, seedRun } from '../../../../shared/presets.ts';
import { valueAt } from '../../../../shared/setting-paths.ts';
import * as v from 'valibot';

const configOf = (argv: string[], recorded: RunConfig | null = null): Promise<RunConfig> =>
  parseArguments(argv).configOn(recorded, seedRun());

const numeric = settingOptions.flatMap(({ path, field, option }) =>
  isNumberRange(field.range) ? [{ path, field, name: option.name, range: field.range }] : [],
);

describe.each(numeric)('--$name', ({ path, field, name, range }) => {
  const { least, most } = bordersOf(range);
  // Drawings that are weighed have to lie somewhere.
  const besides = path.startsWith('data.ownDrawings.') ? ['--own-drawings', 'mine'] : [];

  it('is taken at the ends of its range', async () => {
    for (const value of [least, most])
      expect(valueAt(await configOf([...besides, `--${name}`, String(value)]), path)).toBe(value);
  });

  it('is refused just outside, with the range', async () => {
    const below = least === 0 ? -1 : range.kind === 'whole' ? least - 1 : least / 2;
    for (const value of [below, most * 1.001, most + 1])
      await expect(configOf([`--${name}`, String(value)])).rejects.toThrow(
        `--${name} ${value}: ${path.slice(path.lastIndexOf('.') + 1)} must be ${rangeWords(range)}.`,
      );
  });

  it(field.nullable ? 'takes none' : 'takes no none', async () => {
    const asked = configOf([`--${name}`, 'none']);
    // A group whose last setting is taken away is off.
    if (field.nullable) expect(valueAt(await asked, path) ?? null).toBeNull();
    else await expect(asked).rejects.toThrow(`--${name} must be a number, but is "none".`);
  });
});

it('words are taken and refused as the schema does', async () => {
  expect((await configOf(['--precision', 'bfloat16'])).training.precision).toBe('bfloat16');
  await expect(configOf(['--precision', 'float16'])).rejects.toThrow(
    '--precision "float16": precision must be one of auto, float32, bfloat16.',
  );
  await expect(configOf(['--mean-square-start', '2'])).rejects.toThrow(
    '--mean-square-start 2: meanSquareStart must be one of 0, 1.',
  );
});

it('what is true or false has an opposite', async () => {
  expect((await configOf(['--invert'])).data.invert).toBe(true);
  const inverted = { ...seedRun(), data: { ...seedRun().data, invert: true } };
  expect((await configOf([], inverted)).data.invert).toBe(true);
  expect((await configOf(['--no-invert'], inverted)).data.invert).toBe(false);
  await expect(configOf(['--invert', '--no-invert'])).rejects.toThrow('are opposites');
});

it('a goal given alone is the only one, and none takes it away', async () => {
  const asked = await configOf(['--stop-at-loss', '0.05']);
  expect(asked.training.goal).toEqual({ accuracy: null, loss: 0.05, minutes: null });
  const more = await configOf(['--stop-after-minutes', '10'], asked);
  expect(more.training.goal).toEqual({ accuracy: null, loss: 0.05, minutes: 10 });
  const less = await configOf(['--stop-at-loss', 'none'], more);
  expect(less.training.goal).toEqual({ accuracy: null, loss: null, minutes: 10 });
  expect((await configOf(['--stop-after-minutes', 'none'], less)).training.goal).toBeNull();
});

it('a setting of augmentation given alone does nothing else; more are done together', async () => {
  const nothing = { shift: 0, rotate: 0, scale: 0, shear: 0, elastic: null };
  const more = { flip: false, crop: 0, brightness: 0, contrast: 0, cutOut: 0 };
  const flipped = await configOf(['--flip']);
  expect(flipped.data.augmentation).toEqual({ ...nothing, ...more, flip: true });
  const cut = await configOf(['--crop', '4', '--cut-out', '8'], flipped);
  expect(cut.data.augmentation).toEqual({ ...nothing, ...more, flip: true, crop: 4, cutOut: 8 });
  const moved = { ...nothing, ...more, shift: 2, rotate: 10 };
  const run = { ...seedRun(), data: { ...seedRun().data, augmentation: moved } };
  const brighter = await configOf(['--brightness', '0.2', '--contrast', '0.3'], run);
  expect(brighter.data.augmentation).toEqual({ ...moved, brightness: 0.2, contrast: 0.3 });
  expect((await configOf([])).data.augmentation).toBeNull();
});

it('a setting that the optimizer has not is refused by saying which have it', async () => {
  const run = presets['lenet-5']!();
  await expect(configOf(['--mean-square-start', '0'], run)).rejects.toThrow(
    new ArgumentError('--mean-square-start belongs to rmsprop, but the optimizer is adam.'),
  );
});

describe('an option for any setting', () => {
  const optionFor = (path: string): SettingOption => ({
    path,
    field: fieldList.find(([each]) => each === path)![1],
    option: { name: 'tried', value: 'X' },
  });

  it('switches on what it is a part of', () => {
    const stopping = withSetting(seedRun(), optionFor('training.earlyStopping.patience'), 7);
    expect(valueAt(stopping, 'training.earlyStopping')).toEqual({ patience: 7, minimumGain: 0 });
    const bent = withSetting(seedRun(), optionFor('data.augmentation.elastic.strength'), 2);
    expect(valueAt(bent, 'data.augmentation.elastic')).toEqual({ strength: 2, smoothness: 4 });
    expect(valueAt(bent, 'data.augmentation.rotate')).toBe(0);
    for (const config of [stopping, bent]) expect(v.is(runConfigSchema, config)).toBe(true);
  });

  it('takes another rule and another schedule, with their defaults', () => {
    const rule = withSetting(seedRun(), optionFor('optimizer.rule.type'), 'adamw');
    expect(valueAt(rule, 'optimizer.rule')).toEqual({
      type: 'adamw',
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-10,
    });
    const schedule = withSetting(seedRun(), optionFor('optimizer.schedule.type'), 'one-cycle');
    expect(valueAt(schedule, 'optimizer.schedule')).toEqual({ type: 'one-cycle', peakAt: 0.3 });
    for (const config of [rule, schedule]) expect(v.is(runConfigSchema, config)).toBe(true);
    expect(() => withSetting(rule, optionFor('optimizer.rule.decay'), 0.5)).toThrow(
      '--tried belongs to rmsprop, but the optimizer is adamw.',
    );
  });
});
