import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { runConfigSchema, type RunConfig } from '../../../shared/config.ts';
import { mixedExamples, mixedText, type MixedDrawings } from '../../../shared/mixed-drawings.ts';
import { notPassedOn, takenConfig, withoutPlaces } from '../../../shared/portable-setup.ts';
import { seedRun } from '../../../shared/presets.ts';
import { runDifferences } from '../../../shared/run-differences.ts';
import { changesFromSeed } from '../../../shared/setting-changes.ts';
import { readSetupString, setupString } from '../../../shared/setup-string.ts';
import { str as crc32 } from 'crc-32';

const [one, other] = ['0'.repeat(16), '1'.repeat(16)];
const mixed = (drawings: string[] | null, weight = 10): MixedDrawings => ({
  ...{ folder: '/mine', weight, drawings },
});
const mixing = (ownDrawings: unknown, dataset = 'mnist'): RunConfig => {
  const run = seedRun();
  return v.parse(runConfigSchema, { ...run, data: { ...run.data, dataset, ownDrawings } });
};

describe('a run’s own drawings', () => {
  it('are nowhere in a configuration without them, whichever way they are left out', () => {
    const never = JSON.stringify(seedRun());
    expect(JSON.stringify(mixing(undefined))).toBe(never);
    expect(JSON.stringify(mixing(null))).toBe(never);
    expect(JSON.stringify(mixing({ folder: null, weight: 10 }))).toBe(never);
  });

  it('are each a drawing once, and counted by their weight', () => {
    const { ownDrawings } = mixing({
      folder: '/mine',
      weight: 3,
      drawings: [other, one, one],
    }).data;
    expect(ownDrawings).toEqual(mixed([one, other], 3));
    expect(mixedExamples(ownDrawings)).toBe(6);
    expect(mixedText(ownDrawings)).toMatch(/^2 drawings as 3 examples each, list [\da-f]{8}$/);
    expect([mixedExamples(undefined), mixedText(undefined)]).toEqual([0, 'none']);
    expect(mixing({ folder: '/mine', weight: 3 }).data.ownDrawings).toEqual(mixed(null, 3));
  });

  it.each([
    [{ folder: '', weight: 1 }, 'folder must be the folder that Draw keeps drawings in'],
    [{ folder: '/mine', weight: 0 }, 'weight must be a whole number from 1 to 1000'],
    [{ folder: '/mine', weight: 1.5 }, 'weight must be a whole number from 1 to 1000'],
    [
      { folder: '/mine', weight: 1, drawings: [] },
      'drawings must be a list of 1 to 5,000 images, each by its sixteen digits',
    ],
  ])('that are none are refused: %j', (wrong, message) => {
    const run = seedRun();
    const asked = { ...run, data: { ...run.data, ownDrawings: wrong } };
    const { issues = [] } = v.safeParse(runConfigSchema, asked, { abortPipeEarly: true });
    expect(issues.map((issue) => issue.message)).toEqual([message]);
  });

  it('of a run that goes on are those that it began with, unless others are named', () => {
    const began = mixing(mixed([one]));
    expect(runDifferences(began, mixing(mixed(null)))).toEqual([]);
    expect(runDifferences(began, mixing(mixed([other])))).toMatchObject([
      { path: 'data.ownDrawings.drawings', effect: 'hinders' },
    ]);
    expect(runDifferences(began, mixing(mixed(null, 5)))).toMatchObject([
      { path: 'data.ownDrawings.weight', was: '10', is: '5', effect: 'hinders' },
    ]);
    const moved = { ...mixed(null), folder: '/moved' };
    expect(runDifferences(began, mixing(moved))).toMatchObject([
      { path: 'data.ownDrawings.folder', effect: 'by-images' },
    ]);
    expect(runDifferences(began, seedRun())[0]).toMatchObject({
      ...{ path: 'data.ownDrawings', was: 'on', is: 'off', effect: 'hinders' },
    });
  });

  it('stay on their machine when a set-up is given away, which says so', () => {
    const run = mixing(mixed([one]));
    expect(setupString(run)).toBe(setupString(seedRun()));
    expect(withoutPlaces(run)).toEqual(seedRun());
    expect(notPassedOn(run)).toEqual([expect.stringContaining('Your own drawings stay')]);
    expect(notPassedOn(seedRun())).toEqual([]);
    const received = readSetupString(setupString(mixing(mixed([one]), '/home/me/pictures')));
    const mine = mixing(mixed(null), '/home/you/pictures');
    expect(takenConfig(received, mine).data).toEqual(mine.data);
    const content = Buffer.from(JSON.stringify({ config: changesFromSeed(run) })).toString(
      'base64url',
    );
    const sum = (crc32(content) >>> 0).toString(16).padStart(8, '0');
    expect(() => readSetupString(`fl1:${content}.${sum}`)).toThrow('a place on a machine');
  });
});
