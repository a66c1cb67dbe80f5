import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Insights } from '../../../../renderer/state/insights.svelte.ts';
import { TrainingStatus } from '../../../../renderer/state/training-status.svelte.ts';
import { denseOnly, mnistData } from '../../../../shared/preset-networks.ts';
import type { Question } from '../../../../shared/questions.ts';
import { initialState } from '../../../../shared/training-state.ts';
import { readingWindow } from '../../../support/reading-window.ts';

beforeEach(() =>
  vi.useFakeTimers({ now: 0, toFake: ['setTimeout', 'clearTimeout', 'performance'] }),
);
afterEach(() => vi.useRealTimers());

/** The insides of a dense network, looked at while it trains; a picture is read. */
async function watchedInsights() {
  const { bridge, api, notices, recognition } = readingWindow();
  const training = new TrainingStatus(api, notices);
  const insights = new Insights(api, notices, recognition, training);
  const state = { ...initialState, phase: 'training', network: denseOnly(mnistData) } as const;
  training.take(state);
  recognition.take(state);
  const pixels = new Uint8Array(784).fill(9);
  recognition.showPicture({ from: 'data', pixels, name: '', className: null, fitting: null });
  const asked = (type: Question['type']) =>
    bridge.asked.filter(({ input }) => (input as Question).type === type);
  const layersAnswer = (step: number) => ({
    ...{ type: 'all-activations', step, layers: [{ index: 1, shape: [1] }] },
    ...{ outputs: new Float32Array([step]), probabilities: [1 / step] },
  });
  const saliency = (step: number) => ({
    ...{ type: 'saliency', step, class: 0, shape: [1, 1], values: new Float32Array(1) },
  });
  const end = insights.watch();
  // Effects run in a task of their own.
  await new Promise((resolve) => setImmediate(resolve));
  await asked('predict')[0]?.answer({ type: 'predict', step: 1, probabilities: [1] });
  return { insights, recognition, asked, layersAnswer, saliency, end };
}

it('asks the layers on while it waits for where the network looked', async () => {
  const { insights, asked, layersAnswer, saliency, end } = await watchedInsights();
  await asked('all-activations').at(-1)?.answer(layersAnswer(1));
  for (const step of [2, 3, 4]) {
    vi.advanceTimersByTime(200);
    expect(asked('all-activations')).toHaveLength(step);
    await asked('all-activations').at(-1)?.answer(layersAnswer(step));
  }
  expect([asked('saliency').length, insights.insight]).toEqual([1, null]);
  await asked('saliency').at(-1)?.answer(saliency(1));
  vi.advanceTimersByTime(200);
  expect(insights.insight).toMatchObject({ step: 4, saliency: { class: 0 } });
  end();
});

it('tells what is read at the time when the layers’ answers are shown, which nobody else asks for then', async () => {
  const { insights, recognition, asked, layersAnswer, saliency, end } = await watchedInsights();
  await asked('all-activations').at(-1)?.answer(layersAnswer(1));
  await asked('saliency').at(-1)?.answer(saliency(1));
  vi.advanceTimersByTime(250);
  const predicted = asked('predict').length;
  await asked('all-activations').at(-1)?.answer(layersAnswer(4));
  expect([insights.insight?.step, recognition.probabilities]).toEqual([1, [1]]);
  vi.advanceTimersByTime(149);
  expect(insights.insight?.step).toBe(1);
  vi.advanceTimersByTime(1);
  expect([insights.insight?.step, recognition.probabilities]).toEqual([4, [0.25]]);
  vi.advanceTimersByTime(3_000);
  expect(asked('predict')).toHaveLength(predicted);
  end();
  vi.advanceTimersByTime(400);
  expect(asked('predict').length).toBeGreaterThan(predicted);
});
