import fc from 'fast-check';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { runConfigSchema, type RunConfig } from '../../../shared/config.ts';
import { leftOutSchema, leftOutText, MOST_LEFT_OUT } from '../../../shared/left-out.ts';
import { takenConfig, withoutPlaces } from '../../../shared/portable-setup.ts';
import { seedRun } from '../../../shared/presets.ts';
import { runDifferences } from '../../../shared/run-differences.ts';
import { readSetupString, setupString } from '../../../shared/setup-string.ts';

const id = fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => Buffer.from(bytes));
const ids = fc.uniqueArray(
  id.map((bytes) => bytes.toString('hex')),
  { minLength: 1 },
);

const leavingOut = (leftOut: string[] | null, dataset = 'mnist'): RunConfig => {
  const run = seedRun();
  return v.parse(runConfigSchema, { ...run, data: { ...run.data, dataset, leftOut } });
};

it('the same images are the same setting, in whatever order and however often they are named', () => {
  fc.assert(
    fc.property(ids, (list) => {
      const named = [...list, ...list].reverse();
      expect(v.parse(leftOutSchema, named)).toEqual([...list].sort());
      expect(runDifferences(leavingOut(list), leavingOut(named))).toEqual([]);
    }),
  );
});

it('a list that is none is refused in one sentence', () => {
  const many = Array.from({ length: MOST_LEFT_OUT + 1 }, () => '0'.repeat(16));
  for (const wrong of [['0'.repeat(15)], ['G'.repeat(16)], [7], [], 'all', {}, many]) {
    const { issues = [] } = v.safeParse(leftOutSchema, wrong);
    expect(issues.map(({ message }) => message)).toEqual([
      'leftOut must be a list of 1 to 10,000 images, each by the sixteen digits that Mistakes exports',
    ]);
  }
});

it('other images are a difference in words, even where they are as many', () => {
  const [one, other] = ['0'.repeat(16), '1'.repeat(16)];
  expect(leftOutText([one])).toMatch(/^1 image, list [\da-f]{8}$/);
  expect(runDifferences(leavingOut(null), leavingOut([one]))).toMatchObject([
    { label: 'Images left out', was: 'none', is: leftOutText([one]), effect: 'by-images' },
  ]);
  expect(runDifferences(leavingOut([one]), leavingOut([other]))).toHaveLength(1);
});

it('a set-up has the list with it, the longest too, but not that of somebody’s own data', () => {
  const longest = Array.from({ length: MOST_LEFT_OUT }, (_, k) => k.toString(16).padStart(16, '0'));
  const run = leavingOut(longest);
  expect(readSetupString(setupString(run)).config).toEqual(run);
  expect(setupString(leavingOut(null))).toBe(setupString(seedRun()));
  const own = leavingOut(['0'.repeat(16)], '/home/me/pictures');
  expect(withoutPlaces(own).data).toEqual(seedRun().data);
  const received = readSetupString(setupString(own));
  const mine = leavingOut(['1'.repeat(16)], '/home/you/pictures');
  expect(takenConfig(received, mine).data).toEqual(mine.data);
});
