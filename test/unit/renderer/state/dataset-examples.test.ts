import { beforeEach, describe, expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { DatasetExamples } from '../../../../renderer/state/dataset-examples.svelte.ts';
import type { DatasetAnswerTo } from '../../../../shared/dataset-requests.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

const opened = (side = 2, channels: 1 | 3 = 1): DatasetAnswerTo<'open'> => ({
  ...{ type: 'open', height: side, width: side, channels, findings: [] },
  classNames: ['a', 'b'],
  counts: { train: [50, 50], validation: [0, 0], test: [1, 0] },
});
/** Images of 2×2: the k-th has the brightness k + 1. */
const page = (numbers: readonly number[], total = 100): DatasetAnswerTo<'examples'> => ({
  type: 'examples',
  total,
  examples: numbers.map((number) => ({ number, label: number % 2 })),
  pixels: Uint8Array.from(numbers.flatMap((_, k) => Array<number>(4).fill(k + 1))),
});
const alike: DatasetAnswerTo<'alike'> = {
  type: 'alike',
  pairs: [{ test: { number: 0, label: 0 }, train: { number: 7, label: 1 }, difference: 0 }],
  pixels: Uint8Array.from([1, 1, 1, 1, 2, 2, 2, 2]),
};
const failure = { what: 'No.', where: 'here', remedy: 'None.' };

let bridge: AnsweringBridge;
let examples: DatasetExamples;
beforeEach(() => {
  bridge = new AnsweringBridge();
  examples = new DatasetExamples(new Api(bridge));
});
const shownNumbers = (): number[] => examples.shown.map(({ number }) => number);

describe('samples', () => {
  it('are first those of all classes to learn from, each drawn from its own pixels', async () => {
    void examples.load(opened());
    expect(bridge.last('examples').input).toEqual({
      ...{ type: 'examples', part: 'train', label: null, from: 0, most: 48 },
    });
    await bridge.answer(page([4, 5]));
    expect(shownNumbers()).toEqual([4, 5]);
    expect(examples.total).toBe(100);
    const [first, second] = examples.shown;
    expect([...first!.bytes.subarray(0, 4)]).toEqual([1, 1, 1, 255]);
    expect([...second!.bytes.subarray(0, 4)]).toEqual([2, 2, 2, 255]);
  });

  it.each([
    [28, 1, 48],
    [256, 3, 30],
    [512, 3, 8],
  ] as const)('of %d pixels a side and %d channels are %d a page', (side, channels, most) => {
    void examples.load(opened(side, channels));
    expect(bridge.last('examples').input).toMatchObject({ most });
  });

  it('of another class or part begin at the first', async () => {
    void examples.load(opened());
    await bridge.answer(page([0]));
    void examples.goTo(48);
    expect(bridge.last('examples').input).toMatchObject({ from: 48 });
    void examples.showClass(1);
    expect(bridge.last('examples').input).toMatchObject({ from: 0, label: 1, part: 'train' });
    void examples.showPart('test');
    expect(bridge.last('examples').input).toMatchObject({ from: 0, label: 1, part: 'test' });
  });

  it('that were asked for before others are dropped', async () => {
    void examples.load(opened());
    await bridge.answer(page([0]));
    void examples.showClass(0);
    const before = bridge.last('examples');
    void examples.showClass(1);
    await bridge.answer(page([1, 3]));
    await before.answer(page([0, 2]));
    expect(shownNumbers()).toEqual([1, 3]);
  });

  it('of data that are no longer open are dropped', async () => {
    void examples.load(opened());
    const before = bridge.last('examples');
    examples.close();
    await before.answer(page([0]));
    expect(shownNumbers()).toEqual([]);
  });

  it('that failed are told of until others are there', async () => {
    void examples.load(opened());
    await bridge.last('examples').refuse(failure);
    expect(examples.failure).toEqual(failure);
    void examples.goTo(0);
    await bridge.answer(page([0]));
    expect([shownNumbers(), examples.failure]).toEqual([[0], null]);
  });
});

describe('pairs that look alike', () => {
  it('are asked for after the samples, and each is drawn from its own pixels', async () => {
    void examples.load(opened());
    expect(bridge.trace).toEqual(['examples']);
    await bridge.answer(page([0]));
    expect(examples.pairs).toBeNull();
    await bridge.answer(alike);
    const [pair] = examples.pairs!;
    expect(pair).toMatchObject({ test: { number: 0 }, train: { number: 7 }, difference: 0 });
    expect([pair!.test.bytes[0], pair!.train.bytes[0]]).toEqual([1, 2]);
  });

  it('are not asked for of data that are no longer open', async () => {
    void examples.load(opened());
    const samples = bridge.last('examples');
    examples.close();
    await samples.answer(page([0]));
    expect(bridge.trace).toEqual(['examples']);
  });

  it('that cannot be found are not looked for any more', async () => {
    void examples.load(opened());
    await bridge.answer(page([0]));
    await bridge.last('alike').refuse(failure);
    expect(examples.failure).toEqual(failure);
    expect(examples.pairs).not.toBeNull();
  });
});
