import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../../../shared/config.ts';
import { differencesBetween } from '../../../shared/differences.ts';
import { fieldList } from '../../../shared/fields.ts';
import { presets, seedRun } from '../../../shared/presets.ts';
import { effectAt, isHindered, runDifferences } from '../../../shared/run-differences.ts';
import { withValueAt } from '../../../shared/setting-paths.ts';
import { identityDifference } from '../../../main/trainer/checkpoint/run-identity.ts';
import { anyConfig } from '../../support/random-config.ts';

const differing = (path: string, value: unknown): RunConfig =>
  withValueAt(seedRun(), path, value) as RunConfig;

describe('what a checkpoint and a run that is asked for differ in', () => {
  it('hinders where the trainer would refuse to go on with the same images, and nowhere else', () => {
    fc.assert(
      fc.property(anyConfig('mnist'), anyConfig('mnist'), fc.boolean(), (a, b, sameNetwork) => {
        const asked: RunConfig = sameNetwork
          ? { ...b, network: { ...a.network, name: b.network.name } }
          : b;
        const refused = identityDifference(
          { config: a, datasetHash: 'x' },
          { config: asked, datasetHash: 'x' },
        );
        expect(isHindered(runDifferences(a, asked))).toBe(refused !== null);
      }),
      { numRuns: 500 },
    );
  });

  it.each(Object.entries(presets))('of presets too: another one than %s hinders', (_, preset) => {
    for (const other of Object.values(presets)) {
      const [a, b] = [preset(), other()];
      const refused = identityDifference(
        { config: a, datasetHash: 'x' },
        { config: b, datasetHash: 'x' },
      );
      expect(isHindered(runDifferences(a, b))).toBe(refused !== null);
    }
  });

  it('are all told, those that hinder first, each with its reason', () => {
    const asked = withValueAt(differing('training.epochs', 20), 'training.seed', 5) as RunConfig;
    const told = runDifferences(seedRun(), withValueAt(asked, 'data.invert', true) as RunConfig);
    expect(told.map(({ path, effect }) => [path, effect])).toEqual([
      ['training.seed', 'hinders'],
      ['data.invert', 'by-images'],
      ['training.epochs', 'may-differ'],
    ]);
    for (const { reason } of told) expect(reason).toMatch(/^[A-Z].*\.$/);
    fc.assert(
      fc.property(anyConfig('mnist'), anyConfig('mnist'), (a, b) => {
        expect(
          runDifferences(a, b)
            .map(({ path }) => path)
            .sort(),
        ).toEqual(
          differencesBetween(a, b)
            .map(({ path }) => path)
            .sort(),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('are none of a set-up with itself', () => {
    expect(runDifferences(seedRun(), seedRun())).toEqual([]);
  });

  it('rates and starts of layers, and names, may be others', () => {
    const asked = withValueAt(differing('network.layers.2.rate', 0.4), 'network.name', 'n');
    const effects = runDifferences(seedRun(), asked as RunConfig).map(({ effect }) => effect);
    expect(new Set(effects)).toEqual(new Set(['may-differ']));
  });
});

it.each(fieldList.map(([path]) => path))('%s has a reason of its own kind', (path) => {
  const { reason, lock } = effectAt(path);
  expect(reason).toMatch(/^[A-Z].*\.$/);
  expect(lock).toMatch(/^[a-z].*[^.]$/);
});
