import { expect, it } from 'vitest';
import { DatasetPlaces } from '../../../main/dataset-places.ts';

it('data are read by a set’s name, and where a person chose them, and nowhere else', () => {
  const places = new DatasetPlaces({ dataset: '/remembered' }, () => null);
  for (const dataset of ['mnist', 'cifar-10', '/remembered'])
    expect(() => places.check(dataset)).not.toThrow();
  for (const dataset of ['/etc', '/remembered/inner', '\\\\host\\share', ''])
    expect(() => places.check(dataset)).toThrow('was not chosen');
  places.allow('/etc');
  expect(() => places.check('/etc')).not.toThrow();
});

it('a run’s own drawings are read where the person keeps them, or a saved run has them, and nowhere else', () => {
  let kept: string | null = null;
  const ofRun = (folder: string) => ({
    dataset: 'mnist',
    ownDrawings: { folder, weight: 1, drawings: null },
  });
  const places = new DatasetPlaces(ofRun('/remembered'), () => kept);
  expect(() => places.checkRun(ofRun('/remembered'))).not.toThrow();
  expect(() => places.checkRun(ofRun('/drawn'))).toThrow('as the folder of your drawings');
  kept = '/drawn';
  expect(() => places.checkRun(ofRun('/drawn'))).not.toThrow();
  expect(() => places.checkRun({ ...ofRun('/drawn'), dataset: '/etc' })).toThrow('as data');
  expect(() => places.check('/drawn')).toThrow('as data');
  expect(() => places.checkRun({ dataset: 'mnist' })).not.toThrow();
});
