import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { predictionsCsv } from '../../../../renderer/text/predictions-csv.ts';
import { FailureError, toFailure } from '../../../../shared/ipc.ts';
import { seedRun } from '../../../../shared/presets.ts';
import { valueAt } from '../../../../shared/setting-paths.ts';
import { readImageList } from '../../../../main/trainer/terminal/image-list.ts';
import { withOptions } from '../../../../main/trainer/terminal/setting-values.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const [first, second, third] = ['00000000000000ff', 'a000000000000000', 'deadbeefdeadbeef'];
const file = (text: string | Uint8Array): string => {
  const path = join(temporaryFolder(), 'wrong labels.csv');
  writeFileSync(path, text);
  return path;
};

const table = (marked: readonly number[]): string =>
  predictionsCsv(
    {
      labels: Uint16Array.of(0, 1, 0),
      answers: Uint16Array.of(1, 1, 0),
      losses: Float32Array.of(3, 0.1, 0.2),
      told: 1,
      topShares: Float32Array.of(0.9, 0.9, 0.8),
      imageIds: Buffer.from(`${first}${second}${third}`, 'hex'),
      classNames: ['cat, "wild"', 'dog\nof two lines'],
    },
    'train',
    [0, 1, 2],
    new Set(marked),
  );

it('of a table that the window exports those that are marked are taken', () => {
  expect(readImageList(file(table([0, 2])))).toEqual([first, third]);
  // As a spreadsheet of another language saves it.
  const other = `part;image;label marked as wrong\r\ntrain;${second};YES\r\ntrain;${first};no\r\n`;
  expect(readImageList(file(`\ufeff${other}`))).toEqual([second]);
});

it('of a table without marks, and of a list, all are taken', () => {
  expect(readImageList(file(`image,note\n${first},a\n${second},b\n`))).toEqual([first, second]);
  expect(readImageList(file(`${first}\n\n  ${second} \r\n${first}`))).toEqual([first, second]);
});

it.each([
  ['', 'The file is empty.'],
  [table([]), 'No image in this table is marked'],
  [`${first}\n1.23E+15\n`, 'Row 2 has "1.23E+15" where an image’s sixteen digits'],
  ['part,index\ntrain,1\n', 'Row 1 has "part,index" where an image’s'],
  [`image,x\n1,${first}\n`, 'Row 2 has "1" where an image’s'],
  [Uint8Array.of(0xff, 0xfe, 0x41, 0), 'The list of images cannot be read'],
  ['"', 'It cannot be read as a table'],
])('%j is refused', (text, what) => {
  const path = file(text);
  let told: unknown = null;
  try {
    readImageList(path);
  } catch (error) {
    told = error;
  }
  expect(told).toBeInstanceOf(FailureError);
  expect(toFailure(told, '')).toMatchObject({ where: path });
  expect(toFailure(told, '').what).toContain(what);
});

it('what is no file is refused, and neither hangs nor ends in a stack', () => {
  for (const path of [temporaryFolder(), '/dev/zero', join(temporaryFolder(), 'none')])
    expect(() => readImageList(path)).toThrow('The list of images cannot be read');
});

it('the option takes a file, and none to leave nothing out', () => {
  const leftOut = (given: string, base: unknown = seedRun()): unknown =>
    valueAt(withOptions(base, { 'leave-out': given }), 'data.leftOut');
  const list = file(first);
  expect(leftOut(list)).toEqual([first]);
  expect(leftOut('none', withOptions(seedRun(), { 'leave-out': list }))).toBeNull();
});
