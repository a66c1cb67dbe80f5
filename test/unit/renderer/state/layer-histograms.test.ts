import { expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { LayerHistograms } from '../../../../renderer/state/layer-histograms.svelte.ts';
import { Notices } from '../../../../renderer/state/notices.svelte.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

const histogram = { layer: 0, name: 'dense_1', least: -1, most: 1, counts: [1, 2], zeros: 0 };
const pixels = Uint8Array.of(1, 2, 3, 4);

function looked() {
  const bridge = new AnsweringBridge();
  const api = new Api(bridge);
  const run = {
    curves: { epochs: [1] as unknown[] },
    training: { phase: 'paused' as const },
    recognition: { form: { height: 2, width: 2, channels: 1 }, pixels },
  };
  const histograms = new LayerHistograms(api, new Notices(api), run);
  const answerWeights = (step: number): Promise<void> =>
    bridge.last('ask').answer({ type: 'weights-histogram', step, histograms: [histogram] });
  return { bridge, run, histograms, answerWeights };
}

it('asks while somebody looks, and not before or after', async () => {
  const { bridge, histograms, answerWeights } = looked();
  bridge.tell('training', { phase: 'paused' });
  expect(bridge.asked).toEqual([]);
  const end = histograms.watch();
  expect(histograms.isWaiting).toBe(true);
  await answerWeights(7);
  expect(histograms.shown).toMatchObject({ step: 7, histograms: [histogram] });
  end();
  bridge.tell('training', { phase: 'idle' });
  expect(bridge.asked).toHaveLength(1);
});

it('keeps what was shown last in the epoch before', async () => {
  const { run, histograms, answerWeights } = looked();
  const end = histograms.watch();
  await answerWeights(7);
  void histograms.readAgain();
  await answerWeights(8);
  expect(histograms.before).toBeNull();
  run.curves.epochs.push(2);
  void histograms.readAgain();
  await answerWeights(12);
  expect([histograms.before?.step, histograms.shown?.step]).toEqual([8, 12]);
  end();
});

it('shows what is drawn to a network that has no images of its own', async () => {
  const { bridge, histograms } = looked();
  histograms.choose('activations');
  const empty = { type: 'activations-histogram', step: 3, histograms: [], of: null, images: 0 };
  await bridge.last('ask').answer(empty);
  expect(bridge.last('ask').input).toMatchObject({
    image: { height: 2, width: 2, channels: 1, pixels },
  });
  await bridge.last('ask').answer({ ...empty, histograms: [histogram], of: 'image', images: 1 });
  expect(histograms.shown).toMatchObject({ of: 'image', images: 1 });
});
