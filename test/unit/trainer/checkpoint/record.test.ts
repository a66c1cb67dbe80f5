import { expect, it } from 'vitest';
import { seedRun } from '../../../../shared/presets.ts';
import {
  isOtherVersions,
  newCursor,
  parseRecord,
} from '../../../../main/trainer/checkpoint/record.ts';
import { newPatience } from '../../../../main/trainer/checkpoint/patience-record.ts';

const file = { bytes: 1, sha256: 'a'.repeat(64) };
const record = {
  format: 1,
  cursor: newCursor(),
  watch: newPatience(),
  config: seedRun(),
  precision: 'float32',
  image: { height: 28, width: 28, channels: 1, classes: 10 },
  datasetHash: '',
  validation: null,
  device: '',
  tensorFlow: '',
  files: { index: file, data: file },
};

it.each<[string, object, boolean]>([
  ['a setting that is not known', { ...record, invented: 1 }, true],
  ['one of the configuration', { ...record, config: { ...seedRun(), invented: 1 } }, true],
  ['a later format', { format: 2 }, true],
  ['a key that was damaged', { ...record, device: undefined, devjce: '' }, false],
  ['a value that was damaged', { ...record, precision: 'flost32' }, false],
  ['nothing of ours', { a: 1 }, false],
])('a record with %s', (_, value, isOther) => {
  const text = JSON.stringify(value);
  expect(parseRecord(text)).toBeNull();
  expect(isOtherVersions(text)).toBe(isOther);
});

it('a record that is none, or whole, is not another version’s', () => {
  expect(parseRecord(JSON.stringify(record))).not.toBeNull();
  for (const text of ['', '{', '[]', 'null', JSON.stringify(record)])
    expect(isOtherVersions(text)).toBe(false);
});
