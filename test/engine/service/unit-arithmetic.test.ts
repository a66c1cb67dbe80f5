import { expect, it } from 'vitest';
import type { LayerConfig } from '../../../shared/config.ts';
import { MOST_PATCHES } from '../../../shared/occlusion.ts';
import type { AnswerTo, Question, QuestionName } from '../../../shared/questions.ts';
import { computeUnit, unitAt } from '../../../shared/unit-arithmetic.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { answerQuestion } from '../../../main/trainer/tensorflow/answer-question.ts';
import { fedNumbers } from '../../../main/trainer/tensorflow/feeds.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { layerAnswers } from '../../../renderer/state/ask-insight.ts';
import { limitOfRange } from '../../../shared/value-range.ts';
import { image, testBatch } from '../../support/gradients.ts';
import { convolution, dense, descent, flatten, pooling } from '../../support/networks.ts';

/** What is shown of single units and of changed pictures, by the real engine, against plain arithmetic and the engine's own answers. */

const { height, width, channels } = image;
const picture = { height, width, channels, pixels: testBatch(1, 3).images };

/** After two steps, so that biases and running statistics are not what they started from. */
async function trained(layers: LayerConfig[]): Promise<Session> {
  const config = descent(layers, { learningRate: 0.01 });
  const session = await Session.open(compile(config, 'float32', image));
  session.start();
  for (const step of [0, 1]) session.train(testBatch(8, step + 5), step, fedNumbers(config, 0.01));
  return session;
}

const asked =
  (session: Session) =>
  <Name extends QuestionName>(question: Question & { type: Name }): AnswerTo<Name> =>
    answerQuestion(session, question);

const normalization: LayerConfig = {
  ...{ type: 'batch-normalization', momentum: 0.9, epsilon: 1e-3, activation: 'elu' },
};

it.each<[string, LayerConfig[]]>([
  [
    'convolutions with and without padding, poolings, dense layers',
    [
      convolution({ activation: 'relu', stride: [2, 1] }),
      pooling({ kind: 'max', size: [3, 2] }),
      convolution({ activation: 'gelu', padding: 'valid', kernel: [2, 2], filters: 4 }),
      { type: 'dropout', rate: 0.4 },
      flatten,
      dense(6, { activation: 'tanh' }),
      dense(10),
    ],
  ],
  [
    'normalisation, mean and L2 pooling, own padding, global pooling',
    [
      normalization,
      convolution({ padding: { top: 0, bottom: 2, left: 1, right: 0 }, activation: 'leaky-relu' }),
      pooling({ kind: 'average', size: [2, 3] }),
      pooling({ kind: 'l2', size: [2, 2], stride: [1, 1] }),
      convolution({ filters: 5, bias: false, activation: 'selu' }),
      { type: 'global-average-pooling' },
      dense(10, { bias: false }),
    ],
  ],
])('every unit’s arithmetic gives the engine’s own value: %s', async (_, layers) => {
  const session = await trained(layers);
  const ask = asked(session);
  try {
    const all = ask({ type: 'all-activations', image: picture });
    expect(all.probabilities).toEqual(ask({ type: 'predict', image: picture }).probabilities);
    let from = 0;
    for (const { index, shape } of all.layers) {
      const size = shape.reduce((a: number, b: number) => a * b, 1);
      const outputs = all.outputs.subarray(from, from + size);
      // The same pass as one layer alone is asked for with.
      expect(outputs).toEqual(session.activations(picture.pixels, index));
      const scale = outputs.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      // Every seventh unit, and so places at all borders.
      for (let k = 0; k < size; k += 7) {
        const unit = ask({ type: 'unit', image: picture, layer: index, ...unitAt(shape, k) });
        expect(unit.output).toBe(outputs[k]);
        const { value } = computeUnit(layers[index]!, {
          ...unit,
          read: { shape: unit.shape!, values: unit.values },
        });
        expect(Math.abs(value - outputs[k]!), `layer ${index}, unit ${k}`).toBeLessThan(
          2e-5 * scale,
        );
      }
      from += size;
    }
    expect(from).toBe(all.outputs.length);
    expectSameInShades(all, ask({ type: 'all-activations', image: picture, inShades: true }));
    expect(all.layers.map(({ index }) => layers[index]!.type)).toEqual(
      layers.map(({ type }) => type).filter((type) => type !== 'dropout' && type !== 'flatten'),
    );
    const absent: Question = {
      type: 'unit',
      image: picture,
      layer: 0,
      row: 99,
      column: 0,
      channel: 0,
    };
    expect(() => answerQuestion(session, absent)).toThrow(/no such unit/);
  } finally {
    session.close();
  }
});

/** Rows of units are the same numbers, maps as near to them as shades can tell. */
function expectSameInShades(
  all: AnswerTo<'all-activations'>,
  shaded: AnswerTo<'all-activations'>,
): void {
  for (const [label, share] of all.probabilities.entries())
    expect(Math.abs(shaded.probabilities[label]! - share)).toBeLessThan(1e-6);
  const inNumbers = layerAnswers(all);
  expect(shaded.layers.map((layer) => layer.shaded !== undefined)).toEqual(
    all.layers.map(({ shape }) => shape.length === 3),
  );
  for (const [k, { index, shape, values, range }] of layerAnswers(shaded).entries()) {
    const exact = inNumbers[k]!;
    expect({ index, shape, range }).toEqual({ index, shape, range: exact.range });
    const off = shape.length === 1 ? 0 : (1.00001 * limitOfRange(range)) / 254;
    for (const [at, value] of values.entries())
      expect(Math.abs(value - exact.values[at]!)).toBeLessThanOrEqual(off);
  }
}

it('a weight set by hand counts in its units’ arithmetic', async () => {
  const layers = [convolution(), flatten, dense(10)];
  const session = await trained(layers);
  session.kernels.set([{ row: 0, column: 0, channel: 0, filter: 2, value: 5 }]);
  const unit = asked(session)({
    ...{ type: 'unit', image: picture, layer: 0, row: 3, column: 3, channel: 2 },
  });
  expect(unit.weights[0]).toBe(5);
  const { value } = computeUnit(layers[0]!, {
    ...unit,
    read: { shape: unit.shape!, values: unit.values },
  });
  expect(value).toBeCloseTo(unit.output!, 4);
  session.close();
});

it('what one layer gives for several images is what it gives for each', async () => {
  const session = await trained([convolution(), pooling(), flatten, dense(10)]);
  const { images } = testBatch(3, 4);
  const size = height * width * channels;
  const each = [0, 1, 2].flatMap((k) => [
    ...session.activations(images.subarray(k * size, (k + 1) * size), 1),
  ]);
  const all = session.outputs.ofEachImage(images, 1);
  expect(all).toHaveLength(each.length);
  all.forEach((value, k) => expect(value).toBeCloseTo(each[k]!, 4));
  session.close();
});

it('occlusion is what the class loses where a patch lies, whichever rows are asked for', async () => {
  const session = await trained([convolution({ activation: 'relu' }), flatten, dense(10)]);
  const ask = asked(session);
  const question = { type: 'occlusion', image: picture, class: null, fill: 9 } as const;
  for (const [size, stride] of [
    [3, 1],
    [5, 2],
  ] as const) {
    const whole = session.predict(picture.pixels);
    const of = whole.indexOf(Math.max(...whole));
    const all = ask({ ...question, size, stride, from: 0, rows: 100 });
    const [rows, columns] = [Math.ceil(height / stride), Math.ceil(width / stride)];
    expect(all).toMatchObject({ class: of, shape: [rows, columns], probability: whole[of] });
    const middle = (place: number, side: number) =>
      place * stride + Math.floor(((side - 1) % stride) / 2);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const covered = picture.pixels.map((byte, k) => {
          const down = Math.abs(Math.floor(k / width) - middle(row, height));
          const aside = Math.abs((k % width) - middle(column, width));
          return Math.max(down, aside) <= (size - 1) / 2 ? 9 : byte;
        });
        const lost = whole[of]! - session.predict(covered)[of]!;
        expect(all.values[row * columns + column]).toBeCloseTo(lost, 4);
      }
    const part = ask({ ...question, size, stride, class: of, from: 1, rows: 2 });
    expect(part.shape).toEqual([2, columns]);
    part.values.forEach((value, k) => expect(value).toBeCloseTo(all.values[columns + k]!, 5));
  }
  expect(() =>
    answerQuestion(session, { ...question, size: 3, stride: 1, from: 9, rows: MOST_PATCHES }),
  ).toThrow(/no rows/);
  session.close();
});

it('a small change makes it another class, by steps that go on where others ended', async () => {
  const session = await trained([convolution({ activation: 'relu' }), flatten, dense(10)]);
  const ask = asked(session);
  const whole = session.predict(picture.pixels);
  const [winner, , , , last] = [...whole.keys()].sort((a, b) => whole[b]! - whole[a]!);
  for (const of of [winner!, last!]) {
    let answer = ask({
      ...{ type: 'change-towards', image: picture, class: of, changed: null, steps: 1 },
    });
    for (let k = 0; k < 60 && !answer.found; k++)
      answer = ask({
        ...{ type: 'change-towards', image: picture, class: of, steps: 3 },
        changed: answer.values,
      });
    expect(answer).toMatchObject({ found: true, winner: of });
    const changed = Uint8Array.from(answer.values);
    expect([...changed]).toEqual([...answer.values]);
    const after = session.predict(changed);
    expect(after.indexOf(Math.max(...after))).toBe(of);
    expect(after[of]).toBeCloseTo(answer.probability, 6);
    const size = Math.hypot(...changed.map((value, k) => value - picture.pixels[k]!));
    if (of === winner) {
      expect(changed).toEqual(picture.pixels);
      continue;
    }
    const change = Float32Array.from(changed, (value, k) => value - picture.pixels[k]!);
    const moved = (share: number) =>
      Uint8Array.from(picture.pixels, (byte, k) => Math.round(byte + share * change[k]!));
    const less = session.predict(moved(0.9));
    expect(less.indexOf(Math.max(...less))).not.toBe(of);
    // As far in any other direction does nothing of the kind.
    const shuffled = picture.pixels.map((byte, k) =>
      Math.min(Math.max(byte + change[(k * 5 + 2) % change.length]!, 0), 255),
    );
    expect(session.predict(shuffled)[of]).toBeLessThan(after[of]!);
    expect(size).toBeGreaterThan(0);
  }
  session.close();
});
