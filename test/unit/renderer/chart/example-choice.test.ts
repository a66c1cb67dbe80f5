import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageIdAt } from '../../../../shared/image-id.ts';
import {
  changesBetween,
  chooseExamples,
  countChanges,
  exampleOrders,
  mistakesOnly,
  numbersOfMarked,
  surenessAt,
  type ExampleFilter,
} from '../../../../renderer/chart/example-choice.ts';

const CLASSES = 4;
const example = fc.record({
  label: fc.nat(CLASSES - 1),
  answer: fc.nat(CLASSES - 1),
  loss: fc.double({ min: 0, max: 9, noNaN: true }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
});
const some = fc.array(example, { maxLength: 30 }).map((examples) => ({
  labels: Uint16Array.from(examples, ({ label }) => label),
  answers: Uint16Array.from(examples, ({ answer }) => answer),
  losses: Float32Array.from(examples, ({ loss }) => loss),
  topShares: Float32Array.from(examples.flatMap(({ share }) => [share, 0])),
  told: 2,
  datasetHash: 'a',
}));
const filters = fc.record<ExampleFilter>({
  of: fc.option(fc.nat(CLASSES - 1)),
  takenFor: fc.option(fc.nat(CLASSES - 1)),
  answers: fc.constantFrom('all', 'wrong', 'right', 'marked'),
  sure: fc.constantFrom('any', 'over-90', 'under-50'),
  change: fc.constant(null),
});

describe('the images that are shown', () => {
  it('are each that every choice lets through, and no other', () => {
    fc.assert(
      fc.property(some, filters, fc.constantFrom(...exampleOrders), (of, filter, order) => {
        const marked = new Set([0, 3]);
        const chosen = chooseExamples(of, filter, order, null, marked);
        const expected = [...of.labels.keys()].filter((k) => {
          const isRight = of.labels[k] === of.answers[k];
          const share = surenessAt(of, k);
          return (
            (filter.of === null || of.labels[k] === filter.of) &&
            (filter.takenFor === null || of.answers[k] === filter.takenFor) &&
            { all: true, wrong: !isRight, right: isRight, marked: marked.has(k) }[filter.answers] &&
            { any: true, 'over-90': share > 0.9, 'under-50': share < 0.5 }[filter.sure]
          );
        });
        expect([...chosen].toSorted((a, b) => a - b)).toEqual(expected);
      }),
    );
  });

  it('begin with the highest loss, or the least sure', () => {
    fc.assert(
      fc.property(some, (of) => {
        const all = { ...mistakesOnly, answers: 'all' } as const;
        const losses = [...chooseExamples(of, all, 'loss', null, new Set())].map(
          (k) => of.losses[k]!,
        );
        expect(losses).toEqual(losses.toSorted((a, b) => b - a));
        const shares = [...chooseExamples(of, all, 'doubt', null, new Set())].map((k) =>
          surenessAt(of, k),
        );
        expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('two checkpoints', () => {
  it('differ by what was fixed less what was broken', () => {
    fc.assert(
      fc.property(some, some, (of, other) => {
        const before = {
          ...of,
          answers: Uint16Array.from(of.labels, (_, k) => other.answers[k] ?? 0),
        };
        const changed = changesBetween(before, of)!;
        const counts = countChanges(changed);
        const wrong = ({ labels, answers }: typeof of): number =>
          labels.filter((label, k) => label !== answers[k]).length;
        expect(wrong(of)).toBe(counts.broken + counts['still-wrong']);
        expect(wrong(before)).toBe(counts.fixed + counts['still-wrong']);
        const filter = { ...mistakesOnly, answers: 'all', change: 'fixed' } as const;
        expect(chooseExamples(of, filter, 'number', changed, new Set())).toHaveLength(counts.fixed);
      }),
    );
  });

  it('are not compared where they were asked about other data', () => {
    const of = { labels: Uint16Array.of(1), answers: Uint16Array.of(1), datasetHash: 'a' };
    expect(changesBetween({ ...of, datasetHash: 'b' }, of)).toBeNull();
    expect(changesBetween({ ...of, labels: Uint16Array.of(1, 2) }, of)).toBeNull();
  });
});

it('finds the marked images by their ids', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 8, maxLength: 160 }),
      fc.array(fc.nat(19)),
      (bytes, at) => {
        const ids = bytes.slice(0, bytes.length - (bytes.length % 8));
        const all = Array.from({ length: ids.length / 8 }, (_, k) => imageIdAt(ids, k));
        const marked = at.flatMap((k) => all[k] ?? []);
        const expected = [...all.keys()].filter((k) => marked.includes(all[k]!));
        expect([...numbersOfMarked(ids, [...marked, '0123456789abcdef'])]).toEqual(
          expect.arrayContaining(expected),
        );
        expect(numbersOfMarked(ids, marked).size).toBe(expected.length);
      },
    ),
  );
});
