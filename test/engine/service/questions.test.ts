import { beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig } from '../../../shared/config.ts';
import { presets } from '../../../shared/presets.ts';
import {
  answerSchema,
  type AnswerTo,
  type Question,
  type QuestionName,
} from '../../../shared/questions.ts';
import { HISTOGRAM_BINS } from '../../../shared/histogram.ts';
import type { TrainerEvent, TrainerEventOf } from '../../../shared/trainer-events.ts';
import * as v from 'valibot';
import { createService, type Service } from '../../../main/trainer/service.ts';
import { fastPrecisions } from '../../support/fast-precisions.ts';
import { checkpointHash, smallDataset, temporaryFolder } from '../../support/folders.ts';
import { failures, smallRun, trainUntilIdle } from '../../support/trainer.ts';

/** Questions to the trainer as it answers them: while it trains, and of a checkpoint that it has opened. */

const dataset = await smallDataset(450, 100);

const pixels = Uint8Array.from({ length: 784 }, (_, k) => (k * 37) % 256);
const image = { height: 28, width: 28, channels: 1, pixels };

/** One of each kind, about the seed network, whose layer 6 is its last convolution. */
const questions: Question[] = [
  { type: 'predict', image },
  { type: 'filters' },
  { type: 'activations', image, layer: 0 },
  { type: 'activations', image, layer: 12 },
  { type: 'saliency', image, class: null },
  { type: 'saliency', image, class: 7 },
  { type: 'grad-cam', image, class: null, layer: null },
  { type: 'grad-cam', image, class: 2, layer: 1 },
  { type: 'weights-histogram' },
  { type: 'activations-histogram', image },
  { type: 'activations-histogram', image: null },
  { type: 'all-activations', image },
  { type: 'unit', image, layer: 0, row: 0, column: 5, channel: 31 },
  { type: 'occlusion', image, class: null, size: 5, stride: 2, fill: 0, from: 13, rows: 4 },
  { type: 'change-towards', image, class: 4, changed: null, steps: 1 },
  { type: 'layer-weights', layer: 0 },
  { type: 'backpropagation', image, class: 7 },
];

type AnswerEvent = TrainerEventOf<'answer'>;
const isAnswer = (event: TrainerEvent): event is AnswerEvent => event.type === 'answer';

/** A service that has been given nothing to do yet, and what it tells. */
function listenedTo(): { service: Service; events: TrainerEvent[] } {
  const events: TrainerEvent[] = [];
  const service = createService((event) => events.push(event));
  return { service, events };
}

type Ask = (question: Question, id?: number) => TrainerEvent;

async function opened(checkpointDir: string): Promise<Ask> {
  const { service, events } = listenedTo();
  service.handle({ type: 'open', checkpointDir });
  await service.idle;
  return (question, id = 0) => {
    service.handle({ type: 'ask', id, question });
    return events.at(-1)!;
  };
}

const shortRun = (config: RunConfig, maxSteps: number): RunConfig => ({
  ...config,
  data: { ...config.data, dataset, batchSize: 64, validationSize: 50 },
  training: { ...config.training, maxSteps, precision: 'float32' },
});

describe.each(fastPrecisions)('while it trains in %s', (precision) => {
  it('answers between two steps, and changes nothing', async () => {
    const config = smallRun(dataset, precision);
    const limited = { ...config, training: { ...config.training, maxSteps: 12 } };
    const [asked, unasked] = [temporaryFolder(), temporaryFolder()];
    await trainUntilIdle(unasked, limited);
    let next = 0;
    const events = await trainUntilIdle(asked, limited, (event) => {
      if (event.type !== 'step' && !isAnswer(event)) return null;
      const question = questions[next];
      return question ? { type: 'ask', id: next++, question } : null;
    });
    expect(failures(events)).toEqual([]);
    const answers = events.filter(isAnswer);
    expect(answers.map(({ id, answer }) => [id, answer.type])).toEqual(
      questions.map(({ type }, id) => [id, type]),
    );
    const lastStep = events.findLastIndex(({ type }) => type === 'step');
    expect(events.indexOf(answers[0]!)).toBeLessThan(lastStep);
    expect(answers[0]!.answer.step).toBeGreaterThan(0);
    expect(answers[0]!.answer.step).toBeLessThan(12);
    expect(checkpointHash(asked, 12)).toBe(checkpointHash(unasked, 12));
  });
});

describe('of an opened checkpoint', () => {
  let ask: Ask;
  beforeAll(async () => {
    const folder = temporaryFolder();
    await trainUntilIdle(folder, shortRun(smallRun(dataset, 'float32'), 3));
    ask = await opened(folder);
  });
  const answerTo = <Name extends QuestionName>(question: Question): AnswerTo<Name> => {
    const { answer } = ask(question) as AnswerEvent;
    expect(v.safeParse(answerSchema, answer).issues).toBeUndefined();
    return answer;
  };

  it('answers each question with its number, the step and the shape', () => {
    const events = questions.map((question, id) => ask(question, id) as AnswerEvent);
    const answers = events.map(({ answer }) => answer);
    for (const answer of answers) expect(v.safeParse(answerSchema, answer).issues).toBeUndefined();
    expect(events.map(({ id, answer }) => [id, answer.type, answer.step])).toEqual(
      questions.map(({ type }, id) => [id, type, 3]),
    );
    const shapes = answers.map((one) => ('shape' in one ? one.shape : null));
    expect(shapes).toEqual([
      null,
      [3, 3, 1, 32],
      [28, 28, 32],
      [10],
      [28, 28],
      [28, 28],
      [7, 7],
      [14, 14],
      null,
      null,
      null,
      null,
      [3, 3, 1],
      [1, 14],
      [28, 28, 1],
      [3, 3, 1, 32],
      null,
    ]);
    for (const one of answers)
      if ('values' in one)
        expect(one.values).toHaveLength(one.shape!.reduce((a: number, b: number) => a * b, 1));
  });

  it('looks at the class that wins and at the last layer or convolution, unless told otherwise', () => {
    const { probabilities } = answerTo<'predict'>(questions[0]!);
    const winner = probabilities.indexOf(Math.max(...probabilities));
    const last = answerTo<'activations'>({ type: 'activations', image, layer: null });
    expect(last).toEqual(answerTo(questions[3]!));
    expect(last.layer).toBe(12);
    expect(answerTo<'saliency'>(questions[4]!).class).toBe(winner);
    expect(answerTo<'saliency'>(questions[5]!).class).toBe(7);
    expect(answerTo<'grad-cam'>(questions[6]!)).toMatchObject({ class: winner, layer: 6 });
    expect(answerTo<'grad-cam'>(questions[7]!)).toMatchObject({ class: 2, layer: 1 });
  });

  it('tells how weights and outputs are spread: each number is in one part, those that are 0 are counted', () => {
    const { histograms } = answerTo<'weights-histogram'>({ type: 'weights-histogram' });
    const filters = answerTo<'filters'>({ type: 'filters' }).values;
    const [first] = histograms;
    expect(histograms.map(({ name }) => name)).toEqual([
      ...['convolution_1', 'convolution_2', 'convolution_3', 'dense_1', 'dense_2'],
    ]);
    expect(first).toMatchObject({
      layer: 0,
      least: Math.min(...filters),
      most: Math.max(...filters),
    });
    const { least, most, counts } = first!;
    const parts = new Array<number>(HISTOGRAM_BINS).fill(0);
    const width = (most - least) / HISTOGRAM_BINS;
    for (const value of filters)
      parts[Math.min(Math.floor((value - least) / width), HISTOGRAM_BINS - 1)]! += 1;
    // A number may lie on a border but for its last bit.
    counts.forEach((each, k) => expect(Math.abs(each - parts[k]!)).toBeLessThanOrEqual(1));

    const shown = answerTo<'activations-histogram'>({ type: 'activations-histogram', image });
    expect(shown).toMatchObject({ of: 'image', images: 1 });
    const outputs = answerTo<'activations'>({ type: 'activations', image, layer: 0 }).values;
    const { zeros, counts: bars } = shown.histograms[0]!;
    expect(zeros).toBeCloseTo(outputs.filter((value) => value === 0).length / outputs.length, 6);
    expect(zeros).toBeGreaterThan(0);
    expect(bars.reduce((a, b) => a + b)).toBe(outputs.length);
    // Only the folder was opened: there are no images of a run.
    expect(
      answerTo<'activations-histogram'>({ type: 'activations-histogram', image: null }),
    ).toMatchObject({ of: null, images: 0, histograms: [] });
  });

  it.each<[string, Question, RegExp]>([
    ['a layer too far', { type: 'activations', image, layer: 13 }, /no layer 13: it has 13/],
    ['a class too far', { type: 'saliency', image, class: 10 }, /no class 10/],
    [
      'Grad-CAM of a row',
      { type: 'grad-cam', image, class: null, layer: 9 },
      /Layer 9 \(flatten\)/,
    ],
    [
      'a picture of another size',
      { type: 'predict', image: { ...image, height: 14, width: 56 } },
      /The picture is 14×56, but this network was trained on 28×28\./,
    ],
    [
      'a picture of other channels',
      {
        type: 'predict',
        image: { height: 28, width: 28, channels: 3, pixels: new Uint8Array(784 * 3) },
      },
      /The picture is 28×28×3, but this network was trained on 28×28×1\./,
    ],
  ])('refuses %s, with the reason and what to do', (_, question, what) => {
    const event = ask(question, 1) as TrainerEventOf<'refused'>;
    expect(event).toMatchObject({ type: 'refused', id: 1 });
    expect(event.what).toMatch(what);
    expect(event.remedy).not.toBe('');
    expect(isAnswer(ask(questions[0]!))).toBe(true);
  });
});

it('where there is no convolution, answers without filters and refuses Grad-CAM', async () => {
  const folder = temporaryFolder();
  await trainUntilIdle(folder, shortRun(presets['dense-only']!(), 2));
  const ask = await opened(folder);
  expect(ask({ type: 'filters' })).toMatchObject({
    answer: { hasNetwork: true, step: 2, shape: null },
  });
  expect(ask({ type: 'grad-cam', image, class: null, layer: null }, 4)).toMatchObject({
    type: 'refused',
    id: 4,
    what: expect.stringContaining('no convolution') as string,
  });
  expect(ask({ type: 'saliency', image, class: null })).toMatchObject({
    answer: { shape: [28, 28] },
  });
});

it('answers emptily where there is no network', () => {
  const { service, events } = listenedTo();
  for (const [id, question] of questions.entries()) service.handle({ type: 'ask', id, question });
  const answers = events.filter(isAnswer).map(({ answer }) => answer);
  expect(answers).toHaveLength(questions.length);
  expect(answers[1]).toMatchObject({ type: 'filters', hasNetwork: false });
  for (const one of answers) {
    if ('imageGradient' in one) expect(one).toMatchObject({ loss: null, layers: [] });
    else if ('values' in one) expect([one.shape, one.values.length]).toEqual([null, 0]);
    else if ('outputs' in one) expect([...one.layers, ...one.outputs]).toEqual([]);
    else expect('histograms' in one ? one.histograms : one.probabilities).toEqual([]);
  }
});
