import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  layTree,
  nextInTree,
  type TreeCheckpoint,
} from '../../../../renderer/chart/checkpoint-tree.ts';
import type { Branch } from '../../../../shared/branch.ts';

const at = (branch: number, step: number, validationAccuracy: number | null): TreeCheckpoint => ({
  ...{ name: `${branch}/${step}`, branch, step, validationAccuracy },
});
const branches: Branch[] = [
  { number: 1, forks: [] },
  { number: 2, forks: [{ branch: 1, step: 20 }] },
];
const few = [at(1, 10, 0.5), at(1, 20, 0.7), at(1, 40, 0.8), at(2, 30, null), at(2, 40, 0.9)];

describe('the tree of checkpoints', () => {
  it('has a lane for each branch, which begins where it was forked, its accuracies too', () => {
    const { lanes, lastStep, accuracyRange } = layTree(few, branches, new Set());
    expect(lastStep).toBe(40);
    expect(lanes.map(({ branch, from, to }) => [branch, from, to])).toEqual([
      [1, 0, 1],
      [2, 0.5, 1],
    ]);
    expect(lanes[1]?.forkedFrom).toEqual({ lane: 0, x: 0.5 });
    expect(lanes[1]?.accuracies).toEqual([
      { x: 0.5, accuracy: 0.7 },
      { x: 1, accuracy: 0.9 },
    ]);
    expect(accuracyRange!.least).toBeLessThan(0.5);
    expect(accuracyRange!.most).toBeGreaterThan(0.9);
  });

  it('is gone through by arrows: along a lane, and to the nearest of the next', () => {
    const tree = layTree(few, branches, new Set());
    const path = ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowLeft'];
    let name: string | null = null;
    const seen = path.map((key) => (name = nextInTree(tree, name, key) ?? name));
    expect(seen).toEqual(['1/10', '1/20', '1/40', '1/40', '2/40', '2/30']);
    expect(nextInTree(tree, '2/30', 'ArrowUp')).toBe('1/20');
    expect(nextInTree(layTree([], [], new Set()), null, 'Home')).toBeNull();
  });

  it('of ten thousand it draws some hundred, and whatever must be seen', () => {
    const many = Array.from({ length: 10_000 }, (_, k) => at(1, 10 * (k + 1), (k % 97) / 100));
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(9_999), { maxLength: 5 }), (chosen) => {
        const must = new Set(chosen.map((k) => many[k]!.name));
        const [lane] = layTree(many, branches, must).lanes;
        const names = new Set(lane!.marks.map(({ checkpoint }) => checkpoint.name));
        expect([...must].every((name) => names.has(name))).toBe(true);
        expect(names.size).toBeLessThan(110);
        expect(lane!.accuracies.length).toBeLessThan(200);
        // What was measured stays to be seen.
        expect(Math.max(...lane!.accuracies.map(({ accuracy }) => accuracy))).toBe(0.96);
      }),
      { numRuns: 20 },
    );
  });
});
