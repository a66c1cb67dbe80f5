import { beforeEach, describe, expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { RangeTest } from '../../../../renderer/state/range-test.svelte.ts';
import { seedRun } from '../../../../shared/presets.ts';
import type {
  RangeProgress,
  RangeTestResult,
  TriedRate,
} from '../../../../shared/range-test-protocol.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

const config = seedRun();
const tried = (...steps: number[]): TriedRate[] =>
  steps.map((step) => ({ step, rate: 10 ** (step - 8), loss: 2 / step }));
const progress = (...steps: number[]): RangeProgress => ({
  doing: 'trying rates',
  tried: tried(...steps),
  secondsLeft: 12,
});
const result = (...steps: number[]): RangeTestResult => ({
  tried: tried(...steps),
  ended: 'stopped',
  suggestion: { rate: 0.002, why: 'The loss falls fastest at 0.002.' },
});

let bridge: AnsweringBridge;
let test: RangeTest;
beforeEach(() => {
  bridge = new AnsweringBridge();
  test = new RangeTest(new Api(bridge));
});

describe('a range test', () => {
  it('asks with the usual rates on fresh weights, shows what is tried, and then what it says', async () => {
    void test.run(config);
    expect(bridge.last('tryRates').input).toEqual({
      config,
      range: { least: 1e-7, most: 10, steps: 300 },
      start: 'fresh',
    });
    expect(test.isRunning).toBe(true);
    expect(test.share).toBeNull();
    bridge.tell('ratesProgress', progress(1, 2));
    bridge.tell('ratesProgress', progress(3));
    expect(test.tried.map(({ step }) => step)).toEqual([1, 2, 3]);
    expect(test.smoothed).toHaveLength(3);
    expect(test.share).toBe(0.01);
    expect(test.secondsLeft).toBe(12);
    expect(test.suggestion).toBeNull();
    await bridge.last('tryRates').answer(result(1, 2, 3, 4));
    expect(test.isRunning).toBe(false);
    expect(test.tried).toHaveLength(4);
    expect(test.suggestion?.rate).toBe(0.002);
  });

  it('takes a checkpoint’s weights and other rates where that is chosen', () => {
    test.chooseStart('checkpoint');
    test.range.type('least', '1e-4');
    test.range.type('most', '0,5');
    test.range.type('steps', '100');
    void test.run(config);
    expect(bridge.last('tryRates').input).toMatchObject({
      range: { least: 1e-4, most: 0.5, steps: 100 },
      start: 'checkpoint',
    });
  });

  it('does not begin with a range that cannot be, and says what is wrong with it', () => {
    test.range.type('least', '20');
    expect(test.range.problems.most).toBe('The last rate must be above the first.');
    test.range.type('steps', '10');
    expect(test.range.problems.steps).toBe('Enter a whole number from 50 to 5,000.');
    void test.run(config);
    expect(bridge.trace).toEqual([]);
  });

  it('begins once, however often it is asked', () => {
    void test.run(config);
    void test.run(config);
    expect(bridge.trace).toEqual(['tryRates']);
  });

  it('that is stopped keeps what was tried', async () => {
    void test.run(config);
    bridge.tell('ratesProgress', progress(1, 2));
    test.stop();
    expect(bridge.trace).toEqual(['tryRates', 'stopTryingRates']);
    await bridge.last('tryRates').answer(result(1, 2));
    expect(test.tried).toHaveLength(2);
    expect(test.result?.ended).toBe('stopped');
  });

  it('that is refused says why, and another can begin', async () => {
    void test.run(config);
    await bridge.last('tryRates').refuse({ what: 'A run is under way.', where: 'x', remedy: 'y' });
    expect(test.failure?.what).toBe('A run is under way.');
    expect(test.isRunning).toBe(false);
    void test.run(config);
    expect(test.failure).toBeNull();
  });

  it('that was closed is stopped and forgotten: neither its end nor its last steps are shown in the next', async () => {
    void test.run(config);
    const closed = bridge.last('tryRates');
    bridge.tell('ratesProgress', progress(1, 2));
    test.close();
    expect(bridge.trace.at(-1)).toBe('stopTryingRates');
    expect(test.tried).toEqual([]);
    void test.run(config);
    bridge.tell('ratesProgress', progress(3));
    await closed.answer(result(1, 2, 3));
    expect(test.tried).toEqual([]);
    expect(test.isRunning).toBe(true);
    bridge.tell('ratesProgress', progress(1));
    expect(test.tried).toHaveLength(1);
  });
});
