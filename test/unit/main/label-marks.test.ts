import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LabelMarks } from '../../../main/label-marks.ts';
import type { Failure } from '../../../shared/ipc.ts';
import type { LabelMark } from '../../../shared/label-marks.ts';
import { temporaryFolder } from '../../support/folders.ts';

const mark = (digit: string): LabelMark => ({
  id: digit.repeat(16),
  place: '/data/digits',
  datasetHash: 'hash',
  part: 'train',
  number: 7,
  label: 3,
});

function marksIn(folder: string): { marks: LabelMarks; warnings: Failure[]; file: string } {
  const warnings: Failure[] = [];
  const file = join(folder, 'label-marks.json');
  return { marks: new LabelMarks(file, (failure) => warnings.push(failure)), warnings, file };
}

it('keeps what is marked until it is taken back, over a restart', () => {
  const folder = join(temporaryFolder(), 'not there yet');
  const { marks, warnings } = marksIn(folder);
  expect(marks.carryOut({ type: 'list' })).toEqual([]);
  marks.carryOut({ type: 'mark', mark: mark('a') });
  marks.carryOut({ type: 'mark', mark: mark('a') });
  expect(marks.carryOut({ type: 'mark', mark: mark('b') })).toEqual([mark('a'), mark('b')]);
  expect(marksIn(folder).marks.carryOut({ type: 'list' })).toEqual([mark('a'), mark('b')]);
  marks.carryOut({ type: 'take-back', id: mark('a').id });
  expect(marksIn(folder).marks.carryOut({ type: 'list' })).toEqual([mark('b')]);
  expect(warnings).toEqual([]);
});

it('leaves out what is damaged, keeps it aside, and loses nothing else', () => {
  const folder = temporaryFolder();
  const { marks, warnings, file } = marksIn(folder);
  const damaged = JSON.stringify({ marks: [mark('a'), { ...mark('b'), id: 'x' }] });
  writeFileSync(file, damaged);
  expect(marks.carryOut({ type: 'mark', mark: mark('c') })).toEqual([mark('a'), mark('c')]);
  expect(warnings).toHaveLength(1);
  expect(readFileSync(warnings[0]!.where, 'utf8')).toBe(damaged);
  expect(readdirSync(folder)).toHaveLength(2);
});

it('writes nothing over a file that cannot be read', () => {
  const folder = temporaryFolder();
  const { marks, warnings, file } = marksIn(folder);
  mkdirSync(file);
  expect(marks.carryOut({ type: 'list' })).toEqual([]);
  expect(warnings).toHaveLength(1);
  expect(() => marks.carryOut({ type: 'mark', mark: mark('a') })).toThrow('cannot be read');
});
