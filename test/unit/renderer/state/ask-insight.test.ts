import { describe, expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { askInsight } from '../../../../renderer/state/ask-insight.ts';
import type { RunConfig } from '../../../../shared/config.ts';
import { usualForm } from '../../../../shared/drawn-image.ts';
import { elementCount, networkShape } from '../../../../shared/network-shape.ts';
import { denseOnly, mnistData, seedNetwork } from '../../../../shared/preset-networks.ts';
import { questions, type Answer, type Question } from '../../../../shared/questions.ts';

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
    if (question.type !== 'activations' || question.layer === null)
      throw new Error('not asked for here');
    const shape = shapes[question.layer]!;
    const values = new Float32Array(elementCount(shape));
    return { type: 'activations', step: 7, layer: question.layer, shape: [...shape], values };
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
  it('asks one after the other each layer that has an answer of its own, and where it looked', async () => {
    const network = seedNetwork();
    const { api, asked } = mainWith(network);
    const insight = await askInsight(api, questionOf(network), always);
    const types = insight?.layers.map(({ index }) => network.layers[index]?.type);
    expect(types).toEqual(
      network.layers.map(({ type }) => type).filter((type) => !/dropout|flatten/.test(type)),
    );
    expect(asked.slice(-2).map(({ type }) => type)).toEqual(['saliency', 'grad-cam']);
    expect(insight?.step).toBe(7);
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
    expect(await askInsight(api, questionOf(network), () => asked.length < 3)).toBeNull();
    expect(asked).toHaveLength(3);
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
