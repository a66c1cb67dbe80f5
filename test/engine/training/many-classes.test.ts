import { afterAll, beforeAll, expect, it } from 'vitest';
import { classMetricsOf } from '../../../shared/class-metrics.ts';
import { consecutiveExamples } from '../../../main/trainer/data/batches.ts';
import { makeLabels, type Examples } from '../../../main/trainer/data/examples.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { fedNumbers } from '../../../main/trainer/tensorflow/feeds.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { AnswerCounts } from '../../../main/trainer/tensorflow/answer-counts.ts';
import { Control } from '../../../main/trainer/training/control.ts';
import { evaluateExamples } from '../../../main/trainer/tensorflow/evaluate.ts';
import { dense, descent, flatten } from '../../support/networks.ts';
import { doneStep } from '../../support/steps.ts';

const CLASSES = 300;
const EACH = 3;
const COUNT = CLASSES * EACH;
const image = { height: 6, width: 6, channels: 3, classes: CLASSES };
const SIZE = 6 * 6 * 3;

/** A faint colour picture of noise for each class, and stronger noise over each example of it. */
function noisyExamples(): Examples {
  let state = 1;
  const next = (): number => ((state = (state * 1103515245 + 12345) % 2147483648) >> 12) % 128;
  const pictures = Array.from({ length: CLASSES }, () => Uint8Array.from({ length: SIZE }, next));
  const images = new Uint8Array(COUNT * SIZE);
  const labels = makeLabels(COUNT, CLASSES);
  for (let k = 0; k < COUNT; k++) {
    const label = (k * 7) % CLASSES;
    labels[k] = label;
    images.set(
      pictures[label]!.map((value) => (value >> 2) + next()),
      k * SIZE,
    );
  }
  return { images, labels, count: COUNT };
}

const examples = noisyExamples();
const config = descent([flatten, dense(CLASSES, { start: { type: 'glorot' } })]);
let session: Session;
beforeAll(async () => {
  session = await Session.open(compile(config, 'float32', image));
  session.start();
});
afterAll(() => {
  session.close();
});

it('a step takes labels above 255, and lowers the loss', () => {
  expect(examples.labels).toBeInstanceOf(Uint16Array);
  const batch = consecutiveExamples(examples, 0, COUNT, SIZE);
  const numbers = fedNumbers(config, 2);
  const losses = Array.from(
    { length: 150 },
    (_, step) => doneStep(session.train(batch, step, numbers)).outcome.loss,
  );
  expect(losses[0]).toBeCloseTo(Math.log(CLASSES), 0);
  expect(losses.at(-1)).toBeLessThan(0.9 * losses[0]!);
});

it('an evaluation counts what the predictions show', () => {
  // From the middle on: labels are then views into a larger row of pairs of bytes.
  const batch = consecutiveExamples(examples, 101, 501, SIZE);
  const { correct, topTwo, topFive, answers } = session.evaluate(batch);
  const probabilities = session.predict(batch.images);
  const counted = { correct: 0, topTwo: 0, topFive: 0 };
  const confusion = Array.from({ length: CLASSES }, () => new Array<number>(CLASSES).fill(0));
  batch.labels.forEach((label, k) => {
    const row = probabilities.subarray(CLASSES * k, CLASSES * (k + 1));
    const order = Array.from(row.keys()).sort((a, b) => row[b]! - row[a]!);
    const rank = order.indexOf(label);
    if (rank < 1) counted.correct += 1;
    if (rank < 2) counted.topTwo += 1;
    if (rank < 5) counted.topFive += 1;
    confusion[label]![order[0]!]! += 1;
  });
  expect({ correct, topTwo, topFive }).toEqual(counted);
  expect(counted.topFive).toBeGreaterThan(counted.topTwo);
  const counts = new AnswerCounts(CLASSES);
  counts.count(batch.labels, answers);
  expect(counts.confusion()).toEqual(confusion);
});

it('a score tells each class’s counts, and not which of so many is taken for which', async () => {
  const score = await evaluateExamples(session, examples, SIZE, new Control());
  expect(score!.confusion).toBeUndefined();
  const { examples: ofEach, correct, answered } = score!.perClass!;
  expect(ofEach).toEqual(new Array(CLASSES).fill(EACH));
  const sumOf = (values: readonly number[]): number => values.reduce((a, b) => a + b);
  expect(sumOf(answered)).toBe(COUNT);
  expect(sumOf(correct) / COUNT).toBeCloseTo(score!.accuracy, 12);
  expect(score!.topFive).toBeGreaterThan(score!.topTwo!);
  expect(classMetricsOf(score!)).toHaveLength(CLASSES);
  expect(JSON.stringify(score).length).toBeLessThan(CLASSES * 20);
});
