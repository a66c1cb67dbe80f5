import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import run from '../../../main/trainer/shipped/run.json' with { type: 'json' };
import { ShippedNetwork } from '../../../main/trainer/shipped/shipped-network.ts';
import { answerQuestion } from '../../../main/trainer/tensorflow/answer-question.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { activate } from '../../../shared/activations.ts';
import type { LayerOf } from '../../../shared/config.ts';
import { brightnessOf, convolved, kernelOf, metAt, sumOf } from '../../../shared/convolve.ts';
import { drawnImage } from '../../../shared/drawn-image.ts';
import { activations } from '../../../shared/fields/choices.ts';
import { seedRun } from '../../../shared/presets.ts';
import type { AnswerTo, Question } from '../../../shared/questions.ts';
import { sampleDigits } from '../../../shared/sample-digits.ts';
import { shippedImages, shippedNetwork } from '../../../shared/shipped-network.ts';
import { slideOver } from '../../../shared/sliding.ts';

/** What Learn's pages compute by themselves is what TensorFlow computes: every number of every filter at every place. */

const pixels = drawnImage(sampleDigits[0].strokes, shippedImages)!;
const image = { height: 28, width: 28, channels: 1, pixels };
const digit = brightnessOf(pixels, image);

function ask<Q extends Question>(session: Session, question: Q): AnswerTo<Q['type']> {
  return answerQuestion(session, question);
}

/** The greatest difference between the first layer's answer and what a Learn page shows for it. */
function furthestApart(session: Session, layer: LayerOf<'convolution'>): number {
  const slides = slideOver(layer, [28, 28, 1]);
  const { shape, values, biases } = ask(session, { type: 'layer-weights', layer: 0 });
  const theirs = ask(session, { type: 'activations', image, layer: 0 });
  expect(theirs.shape).toEqual([slides[0].output, slides[1].output, layer.filters]);
  let apart = 0;
  for (let filter = 0; filter < layer.filters; filter++) {
    const kernel = kernelOf(values, shape as [number, number, number, number], filter);
    const plane = convolved(digit, kernel, slides, biases[filter] ?? 0);
    plane.values.forEach((sum, place) => {
      const theirValue = theirs.values[place * layer.filters + filter] ?? NaN;
      apart = Math.max(apart, Math.abs(activate(layer.activation, sum) - theirValue));
    });
  }
  return apart;
}

describe('the network that ships', () => {
  const shipped = new ShippedNetwork();
  let session: Session;
  beforeAll(async () => {
    session = await shipped.session();
  });
  afterAll(() => shipped.close());

  it('is the one that its run describes, and reads every digit that ships', () => {
    expect(run.network).toEqual(shippedNetwork);
    for (const { name, strokes } of sampleDigits) {
      const drawn = { ...image, pixels: drawnImage(strokes, shippedImages)! };
      const { probabilities, step } = ask(session, { type: 'predict', image: drawn });
      expect(probabilities.indexOf(Math.max(...probabilities)), name).toBe(Number(name));
      expect(Math.max(...probabilities), name).toBeGreaterThan(0.8);
      expect(step).toBe(5160);
    }
  });

  it('answers what the pages compute', () => {
    expect(furthestApart(session, shippedNetwork.layers[0] as LayerOf<'convolution'>)).toBeLessThan(
      1e-5,
    );
  });
});

describe.each([
  { stride: 1, padding: 'same', kernel: 3 },
  { stride: 2, padding: 'same', kernel: 3 },
  { stride: 3, padding: 'valid', kernel: 4 },
  { stride: 1, padding: { top: 2, bottom: 2, left: 2, right: 2 }, kernel: 5 },
] as const)('a kernel of $kernel, a stride of $stride', ({ stride, padding, kernel }) => {
  it('slides as TensorFlow slides it', async () => {
    const layer: LayerOf<'convolution'> = {
      type: 'convolution',
      filters: 3,
      kernel: [kernel, kernel],
      stride: [stride, stride],
      padding,
      bias: true,
      activation: 'none',
      start: { type: 'normal', deviation: 0.5 },
    };
    await withFirst(layer, (session) => {
      expect(furthestApart(session, layer)).toBeLessThan(1e-5);
    });
  });
});

describe('activation functions', () => {
  it.each(activations)('%s by value is TensorFlow’s', async (activation) => {
    const layer: LayerOf<'convolution'> = {
      ...(shippedNetwork.layers[0] as LayerOf<'convolution'>),
      activation,
      start: { type: 'normal', deviation: 1 },
    };
    await withFirst(layer, (session) => {
      expect(furthestApart(session, layer)).toBeLessThan(1e-5);
    });
  });
});

it('the sum of the products at one place is the answer there', () => {
  const kernel = { height: 3, width: 3, values: Float32Array.from([0, 1, 0, 2, 3, 4, 0, 5, 0]) };
  const slides = slideOver(
    { type: 'convolution', kernel: [3, 3], stride: [1, 1], padding: 'same' } as never,
    [28, 28, 1],
  );
  const met = metAt(digit, kernel, slides, 0, 0);
  expect(met.filter(({ isOutside }) => isOutside)).toHaveLength(5);
  expect(sumOf(metAt(digit, kernel, slides, 12, 15))).toBeCloseTo(
    convolved(digit, kernel, slides).values[12 * 28 + 15] ?? NaN,
    6,
  );
});

async function withFirst(
  layer: LayerOf<'convolution'>,
  look: (session: Session) => void,
): Promise<void> {
  const scores = shippedNetwork.layers.at(-1)!;
  const network = { name: 'One layer', layers: [layer, { type: 'flatten' as const }, scores] };
  const graph = compile({ ...seedRun(), network }, 'float32', { ...image, classes: 10 }, undefined);
  const session = await Session.begin(graph, null);
  try {
    look(session);
  } finally {
    session.close();
  }
}
