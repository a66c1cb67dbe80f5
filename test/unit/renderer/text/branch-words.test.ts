import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { branchRefusal, earlierCheckpoints } from '../../../../renderer/text/branch-words.ts';
import type { RunConfig } from '../../../../shared/config.ts';
import { seedRun } from '../../../../shared/presets.ts';
import { isHindered, runDifferences } from '../../../../shared/run-differences.ts';
import { withValueAt } from '../../../../shared/setting-paths.ts';
import { anyConfig } from '../../../support/random-config.ts';

const at = (step: number, branch = 1) => ({
  ...{ name: `model${branch > 1 ? `.branch-${branch}` : ''}.ckpt-${step}`, step, branch },
});
const differing = (path: string, value: unknown) =>
  runDifferences(seedRun(), withValueAt(seedRun(), path, value) as RunConfig);

describe('what can be gone back to', () => {
  it('is all but what a start goes on from anyway, a branch together', () => {
    const list = [at(12, 2), at(8), at(16), at(10, 2)];
    expect(earlierCheckpoints(list, 'model.branch-2.ckpt-12')).toEqual([at(10, 2), at(16), at(8)]);
    expect(earlierCheckpoints(null, 'model.ckpt-8')).toBeNull();
  });

  it('is every checkpoint where a run that was cut off has come further', () => {
    expect(earlierCheckpoints([at(16), at(8)], 'recovery.ckpt-19')).toEqual([at(16), at(8)]);
  });
});

describe('a branch', () => {
  const earlier = [at(8)];

  it('begins with whatever a run may go on with, and with nothing that hinders it', () => {
    fc.assert(
      fc.property(anyConfig('mnist'), anyConfig('mnist'), fc.boolean(), (a, b, sameRun) => {
        const { seed } = a.training;
        const alike = {
          ...b,
          ...{ network: a.network, training: { ...b.training, seed } },
          data: { ...a.data, batchSize: b.data.batchSize },
          optimizer: { ...b.optimizer, rule: a.optimizer.rule },
        };
        const differences = runDifferences(a, sameRun ? alike : b);
        const refusal = branchRefusal({ differences, invalid: false, earlier });
        expect(refusal === null).toBe(!isHindered(differences));
      }),
      { numRuns: 200 },
    );
  });

  it('that cannot be is told why: what hinders it, with its reason and what to do', () => {
    const differences = differing('training.seed', 7);
    expect(branchRefusal({ differences, invalid: false, earlier })).toBe(
      'Seed hinders: every random draw follows from it, and the order of the images. A branch goes on from the same run: take the checkpoint’s set-up, or begin in a new folder.',
    );
    const more = [...differences, ...differing('data.validationSize', 9)];
    expect(branchRefusal({ differences: more, invalid: false, earlier })).toContain(
      'images. So does another. A branch',
    );
  });

  it('waits for the form to be right, and for the folder to be known', () => {
    const differences = differing('data.batchSize', 20);
    const whyNot = (invalid: boolean, known: typeof earlier | null) =>
      branchRefusal({ differences, invalid, earlier: known });
    expect(whyNot(true, earlier)).toMatch(/^Correct first/);
    expect(whyNot(false, null)).toMatch(/^Looking into/);
    expect(whyNot(false, [])).toMatch(/holds no earlier checkpoint/);
    expect(whyNot(false, earlier)).toBeNull();
  });
});
