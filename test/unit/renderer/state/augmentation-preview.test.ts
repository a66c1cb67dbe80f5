import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import {
  AugmentationPreview,
  type PreviewedRun,
} from '../../../../renderer/state/augmentation-preview.svelte.ts';
import type { DatasetAnswerTo, DatasetRequestOf } from '../../../../shared/dataset-requests.ts';
import { seedRun } from '../../../../shared/presets.ts';
import { nothingAugmented } from '../../../support/nothing-augmented.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

const { data } = seedRun();
const failure = { what: 'No.', where: 'here', remedy: 'None.' };
/** Two images of one pixel. */
const answerOf = (augmented: number): DatasetAnswerTo<'augmented'> => ({
  ...{ type: 'augmented', height: 1, width: 1, channels: 1, findings: [failure] },
  counts: { train: 5, validation: 2, test: 1 },
  examples: [
    { number: 7, label: 0, name: 'a' },
    { number: 3, label: 1, name: 'b' },
  ],
  pixels: Uint8Array.of(10, 20),
  augmented: Uint8Array.of(augmented, augmented),
});
const runOf = (rotate: number, changes: Partial<PreviewedRun['data']> = {}): PreviewedRun => ({
  data: { ...data, ...changes, augmentation: { ...nothingAugmented, rotate } },
  seed: 1,
});

let bridge: AnsweringBridge;
let run: PreviewedRun | null;
let preview: AugmentationPreview;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  bridge = new AnsweringBridge();
  run = null;
  preview = new AugmentationPreview(new Api(bridge), () => run);
});
afterEach(() => vi.useRealTimers());

const asked = (): DatasetRequestOf<'augmented'>[] =>
  bridge.asked
    .filter(({ call }) => call === 'dataset')
    .map(({ input }) => input as DatasetRequestOf<'augmented'>);
const rotations = (): (number | undefined)[] =>
  asked().map((request) => request.data.augmentation?.rotate);
const shade = (): number | undefined => preview.samples?.examples[1]?.augmented[0];
const wait = (): void => {
  vi.advanceTimersByTime(1000);
};

describe('samples beside the form', () => {
  it('are asked for as soon as they are looked at, and ready to be drawn then', async () => {
    expect(asked()).toEqual([]);
    preview.show(runOf(3));
    expect([rotations(), preview.isWaiting]).toEqual([[3], true]);
    await bridge.answer(answerOf(99));
    expect(preview.isWaiting).toBe(false);
    const { examples, ...rest } = preview.samples!;
    expect(rest).toMatchObject({ findings: [failure], counts: { train: 5 } });
    expect(examples.map(({ number, name }) => [number, name])).toEqual([
      [7, 'a'],
      [3, 'b'],
    ]);
    expect([...examples[1]!.original]).toEqual([20, 20, 20, 255]);
    expect([...examples[1]!.augmented]).toEqual([99, 99, 99, 255]);
    expect(preview.frame).toEqual({ count: 2, height: 1, width: 1 });
    wait();
    expect(asked()).toHaveLength(1);
  });

  it('are asked for once at a time while a slider moves, the last position for certain', async () => {
    preview.show(runOf(0));
    for (let rotate = 1; rotate <= 20; rotate++) {
      vi.advanceTimersByTime(30);
      preview.show(runOf(rotate));
    }
    expect(rotations()).toEqual([0]);
    await bridge.answer(answerOf(1));
    wait();
    expect(rotations()).toEqual([0, 20]);
    // What is shown stays until there is something newer.
    expect([shade(), preview.isWaiting]).toEqual([1, false]);
    await bridge.answer(answerOf(2));
    wait();
    expect([shade(), rotations()]).toEqual([2, [0, 20]]);
  });

  it('are not asked for again where nothing of theirs has changed', async () => {
    preview.show(runOf(3));
    await bridge.answer(answerOf(1));
    preview.show(runOf(3, { batchSize: 7 }));
    wait();
    expect(asked()).toHaveLength(1);
  });

  it('are of other data at once, whatever is still read of the former', async () => {
    preview.show(runOf(3));
    const before = bridge.last('augmented');
    preview.show(runOf(3, { dataset: '/pictures' }));
    wait();
    expect(asked().map((request) => request.data.dataset)).toEqual(['mnist', '/pictures']);
    await before.answer(answerOf(1));
    expect(preview.samples).toBeNull();
    await bridge.answer(answerOf(2));
    expect(shade()).toBe(2);
    preview.show({ ...runOf(3, { dataset: '/pictures' }), seed: 2 });
    // Of another seed they are others, in a frame that stays.
    expect([preview.samples, preview.frame.count]).toEqual([null, 2]);
  });

  it('are drawn anew when that is asked for', async () => {
    preview.show(runOf(3));
    await bridge.answer(answerOf(1));
    preview.drawAgain();
    wait();
    expect(asked().map(({ step }) => step)).toEqual([0, 1]);
    await bridge.answer(answerOf(2));
    expect([preview.draw, shade()]).toEqual([1, 2]);
  });

  it('are not asked for while nobody looks', async () => {
    preview.show(runOf(3));
    await bridge.answer(answerOf(1));
    preview.show(runOf(4));
    preview.show(null);
    wait();
    expect(rotations()).toEqual([3]);
    preview.show(runOf(5));
    expect(rotations()).toEqual([3, 5]);
  });

  it('are asked for again where other data were opened meanwhile', async () => {
    preview.show(runOf(3));
    preview.show(null);
    await bridge.last('augmented').answer(null);
    wait();
    expect(asked()).toHaveLength(1);
    preview.show(runOf(3));
    expect([asked().length, preview.isWaiting]).toEqual([2, true]);
  });

  it('tell why there are none, until they are asked for again or of other data', async () => {
    preview.show(runOf(3));
    await bridge.last('augmented').refuse(failure);
    expect([preview.failure, preview.isWaiting]).toEqual([failure, false]);
    preview.show(runOf(4));
    wait();
    expect(asked()).toHaveLength(1);
    preview.readAgain();
    expect([rotations(), preview.failure]).toEqual([[3, 4], null]);
    await bridge.last('augmented').refuse(failure);
    preview.show(runOf(4, { dataset: '/pictures' }));
    wait();
    expect([asked().length, preview.failure]).toEqual([3, null]);
  });

  it('tell how far reading is, and are stopped', async () => {
    const progress = { done: 3, total: 9, unit: 'files', secondsLeft: null };
    bridge.tell('datasetReading', progress);
    expect(preview.progress).toBeNull();
    preview.show(runOf(3));
    bridge.tell('datasetReading', progress);
    expect(preview.progress).toEqual(progress);
    const reading = bridge.last('augmented');
    preview.stop();
    expect([bridge.trace.at(-1), preview.isStopped, preview.isWaiting]).toEqual([
      ...['stopReading', true, false],
    ]);
    await reading.answer(null);
    preview.show(runOf(4));
    wait();
    expect(rotations()).toEqual([3]);
    preview.readAgain();
    expect([rotations(), preview.isWaiting]).toEqual([[3, 4], true]);
  });

  it('follow the run while they are watched', async () => {
    run = runOf(3);
    const end = preview.watch();
    await new Promise((resolve) => setImmediate(resolve));
    expect(rotations()).toEqual([3]);
    await bridge.answer(answerOf(1));
    end();
    preview.drawAgain();
    wait();
    expect(asked()).toHaveLength(1);
  });
});
