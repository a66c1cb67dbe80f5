import { describe, expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { askInsight } from '../../../../renderer/state/ask-insight.ts';
import type { RunConfig } from '../../../../shared/config.ts';
import { usualForm } from '../../../../shared/drawn-image.ts';
import { elementCount, networkShape, type ExampleShape } from '../../../../shared/network-shape.ts';
import { hasOwnAnswer } from '../../../../shared/own-answer.ts';
import { denseOnly, mnistData, seedNetwork } from '../../../../shared/preset-networks.ts';
import { questions, type Answer, type Question } from '../../../../shared/questions.ts';

const copyOf = (shape: ExampleShape): [number, number, number] | [number] =>
  shape.length === 3 ? [...shape] : [...shape];

/**
 * The main process with a network that answers zeros in the right shapes.
 * @param emptyFrom the question from which on there is no network any more
 */
function mainWith({ layers }: RunConfig['network'], emptyFrom = Infinity) {
  const asked: Question[] = [];
  let underWay = 0;
  const shapes = networkShape(layers, [28, 28, 1], 10).layers.map(({ output }) => output);
  function answerTo(question: Question): Answer {
    if (asked.length > emptyFrom) return { ...questions[question.type].empty };
    const places = { step: 7, shape: [28, 28] as [number, number], values: new Float32Array(784) };
    if (question.type === 'saliency')
      return { type: 'saliency', class: question.class ?? 3, ...places };
    if (question.type === 'grad-cam')
      return { type: 'grad-cam', layer: 2, class: question.class, ...places };
    if (question.type !== 'all-activations') throw new Error('not asked for here');
    const answering = layers.flatMap((layer, index) =>
      hasOwnAnswer(layer) ? [{ index, shape: shapes[index]! }] : [],
    );
    const sizes = answering.map(({ shape }) => elementCount(shape));
    // Of each layer all its values are its number.
    const outputs = Float32Array.from(
      answering.flatMap(({ index }, k) => new Array<number>(sizes[k]!).fill(index)),
    );
    return {
      ...{ type: 'all-activations', step: 7, outputs },
      layers: answering.map(({ index, shape }) => ({ index, shape: copyOf(shape) })),
    };
  }
  const api = new Api({
    async invoke(_, question) {
      if (underWay++ > 0) throw new Error('two questions at a time');
      asked.push(question as Question);
      await Promise.resolve();
      underWay--;
      return { ok: true, value: answerTo(question as Question) };
    },
    on: () => () => undefined,
  });
  return { api, asked };
}

const questionOf = (network: RunConfig['network'], label: number | null = null) => ({
  pixels: new Uint8Array(784),
  form: usualForm,
  network: JSON.stringify(network),
  class: label,
});
const always = (): boolean => true;

describe('askInsight', () => {
  it('asks all layers at once, then where it looked, one question after the other', async () => {
    const network = seedNetwork();
    const { api, asked } = mainWith(network);
    const insight = await askInsight(api, questionOf(network), always);
    const types = insight?.layers.map(({ index }) => network.layers[index]?.type);
    expect(types).toEqual(
      network.layers.map(({ type }) => type).filter((type) => !/dropout|flatten/.test(type)),
    );
    for (const { index, shape, values } of insight!.layers) {
      expect(values).toHaveLength(elementCount(shape));
      expect(new Set(values)).toEqual(new Set([index]));
    }
    expect(asked.map(({ type }) => type)).toEqual(['all-activations', 'saliency', 'grad-cam']);
    expect(insight?.step).toBe(7);
  });

  it('does not ask where it looked if that is known', async () => {
    const network = seedNetwork();
    const { api, asked } = mainWith(network);
    const first = await askInsight(api, questionOf(network), always);
    const second = await askInsight(api, questionOf(network), always, first);
    expect(asked).toHaveLength(4);
    expect(second?.saliency).toBe(first?.saliency);
    expect(second?.gradCam).toBe(first?.gradCam);
  });

  it('asks for one class in both pictures of where it looked', async () => {
    const network = seedNetwork();
    const { api, asked } = mainWith(network);
    await askInsight(api, questionOf(network), always);
    expect(asked.at(-1)).toMatchObject({ type: 'grad-cam', class: 3 });
    await askInsight(api, questionOf(network, 5), always);
    expect(asked.at(-1)).toMatchObject({ type: 'grad-cam', class: 5 });
  });

  it('asks a network without a convolution for no Grad-CAM', async () => {
    const network = denseOnly(mnistData);
    const { api, asked } = mainWith(network);
    const insight = await askInsight(api, questionOf(network), always);
    expect(insight?.gradCam).toBeNull();
    expect(asked.map(({ type }) => type)).not.toContain('grad-cam');
  });

  it('stops where the answers are not wanted any more', async () => {
    const network = seedNetwork();
    const { api, asked } = mainWith(network);
    expect(await askInsight(api, questionOf(network), () => asked.length < 1)).toBeNull();
    expect(asked).toHaveLength(1);
  });

  it('has no answer in part, wherever the network goes', async () => {
    const network = seedNetwork();
    const { api, asked } = mainWith(network);
    await askInsight(api, questionOf(network), always);
    for (let emptyFrom = 0; emptyFrom < asked.length; emptyFrom++) {
      const main = mainWith(network, emptyFrom);
      expect(await askInsight(main.api, questionOf(network), always)).toBeNull();
    }
  });
});
