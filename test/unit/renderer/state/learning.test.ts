import { beforeEach, describe, expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { Drawing } from '../../../../renderer/state/drawing.svelte.ts';
import { Learning } from '../../../../renderer/state/learning.svelte.ts';
import { Notices } from '../../../../renderer/state/notices.svelte.ts';
import { Recognition } from '../../../../renderer/state/recognition.svelte.ts';
import { TrainingStatus } from '../../../../renderer/state/training-status.svelte.ts';
import type { RunConfig } from '../../../../shared/config.ts';
import { seedRun, presets } from '../../../../shared/presets.ts';
import { shippedImages, shippedNetwork } from '../../../../shared/shipped-network.ts';
import { initialState } from '../../../../shared/training-state.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

let bridge: AnsweringBridge;
let learning: Learning;
let drawing: Drawing;

const tell = (network: RunConfig['network'] | null, images = shippedImages): void =>
  bridge.tell('training', { ...initialState, network, images: network && images });

beforeEach(() => {
  bridge = new AnsweringBridge();
  const api = new Api(bridge);
  const notices = new Notices(api);
  drawing = new Drawing(() => recognition.drawingChanged());
  const recognition = new Recognition(api, notices, drawing);
  const training = new TrainingStatus(api, notices);
  learning = new Learning(api, { notices, recognition, training });
});

describe('the network that Learn is told on', () => {
  it('is the one that ships until there is one of one’s own, and each is asked by its call', async () => {
    expect(learning.network).toMatchObject({ isOwn: false, layers: shippedNetwork.layers });
    const first = learning.ask({ type: 'predict', image: learning.digit.picture });
    await bridge.last('askShipped').answer({ type: 'predict', step: 5160, probabilities: [1] });
    expect((await first)?.probabilities).toEqual([1]);
    expect(learning.step).toBe(5160);

    tell(seedRun().network);
    expect(learning.network.isOwn).toBe(true);
    expect(learning.convolution.filters).toBe(32);
    void learning.ask({ type: 'predict', image: learning.digit.picture });
    expect(bridge.trace.at(-1)).toBe('ask');
  });

  it('drops an answer of the network before', async () => {
    const asked = learning.ask({ type: 'layer-weights', layer: 0 });
    tell(seedRun().network);
    await bridge.last('askShipped').answer({
      type: 'layer-weights',
      step: 1,
      shape: null,
      values: new Float32Array(),
      biases: new Float32Array(),
    });
    expect(await asked).toBeNull();
    expect(learning.step).toBeNull();
  });

  it('is loaded once when somebody is about to open Learn, but not while a run needs the machine, nor before the folder is open', () => {
    const asked = (): number => bridge.trace.filter((call) => call === 'askShipped').length;
    for (const phase of ['opening', 'training'] as const) {
      bridge.tell('training', { ...initialState, phase });
      learning.prepare();
    }
    expect(asked()).toBe(0);
    bridge.tell('training', initialState);
    learning.prepare();
    learning.prepare();
    expect(asked()).toBe(1);
  });

  it('is not asked before it is known whose it is', () => {
    bridge.tell('training', { ...initialState, phase: 'opening' });
    expect([learning.weights, learning.isOpening]).toEqual(['', true]);
    bridge.tell('training', initialState);
    expect(learning.weights).not.toBe('');
  });

  it('is the one that ships where one’s own has no convolution in front, or takes colours', () => {
    tell(presets['dense-only']!().network);
    expect([learning.network.isOwn, learning.passesOver]).toEqual([false, true]);
    tell(seedRun().network, { ...shippedImages, channels: 3 });
    expect([learning.network.isOwn, learning.passesOver]).toEqual([false, true]);
  });
});

it('the digit is one that ships, then the drawing, and another one by hand', () => {
  expect([learning.digit.isOwn, learning.digit.name]).toEqual([false, '3']);
  expect(learning.digit.picture.pixels).toHaveLength(784);
  drawing.begin({ x: 140, y: 40, width: 20 });
  drawing.extend([{ x: 140, y: 240, width: 20 }]);
  drawing.end();
  expect([learning.digit.isOwn, learning.digit.name]).toEqual([true, null]);
  learning.digit.another();
  expect([learning.digit.isOwn, learning.digit.name]).toEqual([false, '3']);
  for (let k = 0; k < 4; k++) learning.digit.another();
  expect(learning.digit.name).toBe('4');
  learning.digit.another();
  expect(learning.digit.isOwn).toBe(true);
});

it('what is done and where one is, is kept', () => {
  learning.load({ open: 'filters', done: ['why-not-dense'] });
  learning.next();
  expect(bridge.last('saveLearnProgress').input).toEqual({
    open: 'convolution-output',
    done: ['why-not-dense', 'filters'],
  });
  learning.back();
  expect(learning.open).toBe('filters');
  learning.next();
  expect(bridge.last('saveLearnProgress').input).toMatchObject({
    done: ['why-not-dense', 'filters'],
  });
});
