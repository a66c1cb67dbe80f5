import { expect, it } from 'vitest';
import { DatasetPlaces } from '../../../main/dataset-places.ts';

it('data are read by a set’s name, and where a person chose them, and nowhere else', () => {
  const places = new DatasetPlaces('/remembered');
  for (const dataset of ['mnist', 'cifar-10', '/remembered'])
    expect(() => places.check(dataset)).not.toThrow();
  for (const dataset of ['/etc', '/remembered/inner', '\\\\host\\share', ''])
    expect(() => places.check(dataset)).toThrow('was not chosen');
  places.allow('/etc');
  expect(() => places.check('/etc')).not.toThrow();
});
