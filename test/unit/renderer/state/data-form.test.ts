import { describe, expect, it } from 'vitest';
import { DataForm } from '../../../../renderer/state/data-form.svelte.ts';
import { seedRun } from '../../../../shared/presets.ts';

describe('data settings', () => {
  it('that were loaded are the same data', () => {
    const settings = new DataForm();
    const data = { ...seedRun().data, dataset: '/pictures', imageSize: [24, 32] as const };
    settings.load({ ...data, imageSize: [24, 32] });
    expect(settings.data).toEqual(data);
    expect(settings.problems).toEqual({});
  });

  it('that are typed become numbers and sizes, and what was not typed stays', () => {
    const settings = new DataForm();
    settings.choose({ fit: 'crop', channels: 3 });
    settings.type('data.imageSize', '24x32');
    settings.type('data.testShare', '0,25');
    settings.type('data.splitSeed', '7');
    settings.type('data.validationSize', '0');
    expect(settings.data).toEqual({
      ...seedRun().data,
      fit: 'crop',
      channels: 3,
      imageSize: [24, 32],
      testShare: 0.25,
      splitSeed: 7,
      validationSize: 0,
    });
  });

  it.each([
    ['data.imageSize', '513', 'at most 512'],
    ['data.testShare', '1', 'from 0.01 to 0.9'],
    ['data.splitSeed', '', 'whole number'],
    ['data.validationSize', '1.5', 'whole number'],
  ] as const)('of which %s is %j are none until it is put right', (path, wrong, said) => {
    const settings = new DataForm();
    const right = settings.textOf(path);
    settings.type(path, wrong);
    expect(settings.textOf(path)).toBe(wrong);
    expect(Object.keys(settings.problems)).toEqual([path]);
    expect(settings.problems[path]).toContain(said);
    expect(settings.data).toBeNull();
    settings.type(path, right);
    expect(settings.data).toEqual(seedRun().data);
  });

  it('that are loaded again forget what was typed', () => {
    const settings = new DataForm();
    settings.type('data.imageSize', 'large');
    settings.load(seedRun().data);
    expect(settings.data).toEqual(seedRun().data);
  });
});
