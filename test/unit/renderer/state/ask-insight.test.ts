import { describe, expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { askLayers, askLooked, layerAnswers } from '../../../../renderer/state/ask-insight.ts';
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
      ...{
        type: 'all-activations',
        step: 7,
        outputs,
        probabilities: new Array<number>(10).fill(0.1),
      },
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

describe('askLayers', () => {
  it('asks all layers at once, and what they predict', async () => {
    const network = seedNetwork();
    const { api, asked } = mainWith(network);
    const answer = await askLayers(api, questionOf(network), false);
    const types = answer?.layers.map(({ index }) => network.layers[index]?.type);
    expect(types).toEqual(
      network.layers.map(({ type }) => type).filter((type) => !/dropout|flatten/.test(type)),
    );
    for (const { index, shape, values } of answer!.layers) {
      expect(values).toHaveLength(elementCount(shape));
      expect(new Set(values)).toEqual(new Set([index]));
    }
    expect(asked.map(({ type }) => type)).toEqual(['all-activations']);
    expect(answer).toMatchObject({ step: 7, probabilities: new Array<number>(10).fill(0.1) });
  });

  it('takes maps in shades for their values, with the range as it was', () => {
    const shaded = { least: -1, most: 2 };
    const layers = layerAnswers({
      ...{ type: 'all-activations', step: 1, probabilities: [] },
      layers: [
        { index: 0, shape: [1, 1, 2], shaded },
        { index: 2, shape: [2] },
        { index: 3, shape: [1, 1, 1], shaded },
      ],
      outputs: Float32Array.of(7, -8),
      shades: Int8Array.of(127, -64, 0),
    });
    expect(layers).toEqual([
      { index: 0, shape: [1, 1, 2], values: Float32Array.of(2, -128 / 127), range: shaded },
      { index: 2, shape: [2], values: Float32Array.of(7, -8), range: { least: -8, most: 7 } },
      { index: 3, shape: [1, 1, 1], values: Float32Array.of(0), range: shaded },
    ]);
  });

  it('has no answer where there is no network', async () => {
    const network = seedNetwork();
    const { api } = mainWith(network, 0);
    expect(await askLayers(api, questionOf(network), true)).toBeNull();
  });
});

describe('askLooked', () => {
  it('asks for one class in both pictures, one question after the other', async () => {
    const network = seedNetwork();
    const { api, asked } = mainWith(network);
    await askLooked(api, questionOf(network));
    expect(asked.map(({ type }) => type)).toEqual(['saliency', 'grad-cam']);
    expect(asked.at(-1)).toMatchObject({ type: 'grad-cam', class: 3 });
    await askLooked(api, questionOf(network, 5));
    expect(asked.at(-1)).toMatchObject({ type: 'grad-cam', class: 5 });
  });

  it('asks a network without a convolution for no Grad-CAM', async () => {
    const network = denseOnly(mnistData);
    const { api, asked } = mainWith(network);
    const looked = await askLooked(api, questionOf(network));
    expect(looked?.gradCam).toBeNull();
    expect(asked.map(({ type }) => type)).toEqual(['saliency']);
  });

  it('has no answer in part, wherever the network goes', async () => {
    const network = seedNetwork();
    for (const emptyFrom of [0, 1]) {
      const { api } = mainWith(network, emptyFrom);
      expect(await askLooked(api, questionOf(network))).toBeNull();
    }
  });
});
