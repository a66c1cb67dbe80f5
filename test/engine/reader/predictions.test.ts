import { beforeAll, describe, expect, it } from 'vitest';
import type { PartName } from '../../../shared/dataset-parts.ts';
import type { FolderPredictionRequest } from '../../../shared/predictions.ts';
import { presets } from '../../../shared/presets.ts';
import { MOST_SHOWN_MISTAKES } from '../../../shared/report/mistakes-data.ts';
import type { EvaluatedScore } from '../../../shared/score.ts';
import { checkpointNamed } from '../../../main/trainer/checkpoint/named-checkpoint.ts';
import type { Dataset } from '../../../main/trainer/data/dataset.ts';
import { restoredSession } from '../../../main/trainer/tensorflow/restored-session.ts';
import { tensorFlow } from '../../../main/trainer/tensorflow/tensorflow.ts';
import { askedReader } from '../../support/asked-reader.ts';
import { loadDataset } from '../../support/datasets.ts';
import { DIGIT_NAMES, digitPictures, folderOf } from '../../support/digit-pictures.ts';
import { smallDataset, temporaryFolder } from '../../support/folders.ts';
import { failures, trainUntilIdle } from '../../support/trainer.ts';

/** What the window is told of every example of a part, by checkpoints of real runs on real digits. */

/** More than one evaluation batch, and the last is no whole one. */
const VALIDATED = 300;
const precisions = ['float32', 'bfloat16'] as const;
type Precision = (typeof precisions)[number];

/** As in the app, one for all. */
const reader = askedReader();
let dataset: string;
let read: Dataset;
const folders = {} as Record<Precision, string>;
/** The run's own test of its last checkpoint. */
const tests = {} as Record<Precision, EvaluatedScore>;

beforeAll(async () => {
  dataset = await smallDataset(800, 260);
  read = await loadDataset(dataset, VALIDATED);
  const preset = presets['small-and-fast']!();
  for (const precision of precisions) {
    folders[precision] = temporaryFolder();
    const events = await trainUntilIdle(folders[precision], {
      ...preset,
      data: { ...preset.data, dataset, batchSize: 50, validationSize: VALIDATED },
      training: { ...preset.training, epochs: 2, precision },
    });
    expect(failures(events)).toEqual([]);
    tests[precision] = events.find((event) => event.type === 'finished')!.test;
  }
});

const of = (
  precision: Precision,
  part: PartName,
  changes: { checkpoint?: string; dataset?: string | null } = {},
) => ({
  type: 'predictions' as const,
  folder: folders[precision],
  checkpoint: 'model.ckpt-20',
  dataset: null,
  part,
  ...changes,
});

describe.each(precisions)('a checkpoint of a run in %s', (precision) => {
  it.each([10, 20])('has the very score that the run recorded at step %i', async (step) => {
    const checkpoint = `model.ckpt-${step}`;
    const { record } = await checkpointNamed(folders[precision], checkpoint);
    const predicted = await reader.answer(of(precision, 'validation', { checkpoint }));
    expect(predicted).toMatchObject({ step, epoch: step / 10, findings: [], place: dataset });
    expect(predicted.score).toEqual(record.validation);
    expect(predicted.datasetHash).toBe(record.datasetHash);
  });

  it('has the very score of the run’s own test', async () => {
    const { score } = await reader.answer(of(precision, 'test'));
    expect(score).toEqual(tests[precision]);
  });

  it('tells of each example what the sums are of', async () => {
    const predicted = await reader.answer(of(precision, 'test'));
    const { score, labels, answers, losses, trueShares, told, topClasses, topShares } = predicted;
    expect([...labels]).toEqual([...read.test.labels]);
    const confusion = Array.from({ length: 10 }, () => new Array<number>(10).fill(0));
    labels.forEach((label, k) => confusion[label]![answers[k]!]!++);
    expect(confusion).toEqual(score.confusion);
    expect(losses.reduce((a, b) => a + b) / labels.length).toBeCloseTo(score.loss, 5);
    expect(told).toBe(5);
    labels.forEach((label, k) => {
      const top = [...topClasses.subarray(k * told, (k + 1) * told)];
      const shares = [...topShares.subarray(k * told, (k + 1) * told)];
      expect(top[0]).toBe(answers[k]);
      expect(new Set(top).size).toBe(told);
      expect(shares).toEqual(shares.toSorted((a, b) => b - a));
      if (top.includes(label)) expect(shares[top.indexOf(label)]).toBe(trueShares[k]);
      // −ln of the probability of what it is, as near as both are told.
      expect(Math.exp(-losses[k]!)).toBeCloseTo(trueShares[k]!, 4);
    });
  });
});

describe('images that are asked for by number', () => {
  const images = (numbers: number[], part: 'train' | 'test' = 'test') => ({
    ...of('float32', part),
    type: 'images' as const,
    numbers,
  });

  it('are the pixels that the network takes', async () => {
    const { pixels } = await reader.answer(images([7, 0, 259]));
    const expected = [7, 0, 259].map((k) => read.test.images.subarray(k * 784, (k + 1) * 784));
    expect(Buffer.from(pixels).equals(Buffer.concat(expected))).toBe(true);
  });

  it('are refused where the part has no such image', async () => {
    expect(await reader.refusal(images([260]))).toMatchObject({ where: dataset });
  });
});

describe('the images that excite a channel most', () => {
  const ask = (layer: number, channel: number): FolderPredictionRequest => ({
    ...{ type: 'most-exciting', folder: folders.float32, checkpoint: 'model.ckpt-20' },
    ...{ layer, channel },
  });

  it.each([
    [0, 3],
    [2, 1],
  ])('are those of its greatest values: layer %i, channel %i', async (layer, channel) => {
    const told = await reader.answer(
      ask(layer, channel) as FolderPredictionRequest & {
        type: 'most-exciting';
      },
    );
    expect(told).toMatchObject({ step: 20, part: 'validation', shown: VALIDATED, all: VALIDATED });
    const session = await restoredSession(await checkpointNamed(folders.float32, 'model.ckpt-20'));
    const { output } = session.graph.network.layers[layer]!;
    const channels = output.at(-1)!;
    const greatest = Array.from({ length: VALIDATED }, (_, number) => {
      const pixels = read.validation.images.subarray(number * 784, (number + 1) * 784);
      const own = session.activations(pixels, layer).filter((__, k) => k % channels === channel);
      const value = Math.max(...own);
      return { number, value, at: own.indexOf(value) };
    }).sort((a, b) => b.value - a.value);
    session.close();
    expect(told.images).toHaveLength(9);
    const width = output[1] ?? 1;
    told.images.forEach(({ number, label, value, row, column }, k) => {
      expect(value).toBeCloseTo(greatest[k]!.value, 4);
      const own = greatest.find((each) => each.number === number)!;
      expect(own.value).toBeCloseTo(value, 4);
      expect(row * width + column).toBe(own.at);
      expect(label).toBe(read.validation.labels[number]);
      const pixels = read.validation.images.subarray(number * 784, (number + 1) * 784);
      expect(Buffer.from(told.pixels.subarray(k * 784, (k + 1) * 784)).equals(pixels)).toBe(true);
    });
  });

  it('are refused where there is no such channel', async () => {
    expect(await reader.refusal(ask(0, 999))).toMatchObject({
      what: expect.stringContaining('no such channel') as string,
    });
  });
});

describe('the worst mistakes, for a report', () => {
  const worst = (checkpoint: string) =>
    reader.answer({ type: 'worst', folder: folders.float32, checkpoint });

  it('are the validation images of highest loss, with what the network thought', async () => {
    const predicted = await reader.answer(of('float32', 'validation'));
    const { mistakes } = await worst('model.ckpt-20');
    const { labels, answers, losses } = predicted;
    const highest = [...losses].sort((a, b) => b - a).slice(0, MOST_SHOWN_MISTAKES);
    expect(mistakes.worst.map(({ loss }) => loss)).toEqual(highest);
    expect(mistakes).toMatchObject({ part: 'validation', images: VALIDATED, findings: [] });
    expect(mistakes.wrong).toBe(labels.filter((label, k) => label !== answers[k]).length);
    for (const { truth, read, isRight, truthShare, readShare, loss } of mistakes.worst) {
      expect(isRight).toBe(truth === read);
      expect(readShare).toBeGreaterThanOrEqual(truthShare);
      expect(Math.exp(-loss)).toBeCloseTo(truthShare, 4);
    }
  });

  it('are shown as PNG files of the very pixels', async () => {
    const { losses } = await reader.answer(of('float32', 'validation'));
    const { mistakes } = await worst('model.ckpt-20');
    const first = losses.indexOf(Math.max(...losses));
    const [, base64 = ''] = mistakes.worst[0]!.picture.split(',');
    const pixels = tensorFlow().node.decodePng(Buffer.from(base64, 'base64'), 1).dataSync();
    const expected = read.validation.images.subarray(first * 784, (first + 1) * 784);
    expect(Buffer.from(pixels).equals(Buffer.from(expected))).toBe(true);
  });
});

describe('a temperature for a checkpoint', () => {
  const calibrationOf = (precision: Precision, part: PartName) =>
    reader.answer({ ...of(precision, part), type: 'calibration' });
  const fittedOf = async (precision: Precision, part: PartName) => {
    const { result, step } = await calibrationOf(precision, part);
    if (result.state !== 'fitted') throw new Error(result.why);
    return { ...result, step };
  };
  const networkAsked = (): number =>
    reader.events.filter((event) => event.type === 'reading' && event.unit === 'images').length;

  /** TensorFlow's own mean cross-entropy of the scores that its last layer gives, divided by a temperature. */
  async function lossByTensorFlow(precision: Precision, part: 'validation' | 'test') {
    const tf = tensorFlow();
    const { images, labels, count } = read[part];
    const session = await restoredSession(
      await checkpointNamed(folders[precision], 'model.ckpt-20'),
    );
    const last = session.graph.network.layers.length - 1;
    const logits = tf.tensor2d(session.outputs.ofEachImage(images, last), [count, 10]);
    session.close();
    const truth = tf.oneHot(tf.tensor1d([...labels], 'int32'), 10);
    return (temperature: number): number =>
      tf.tidy(() => tf.losses.softmaxCrossEntropy(truth, logits.div(temperature)).dataSync()[0]!);
  }

  it('is where TensorFlow finds the least loss of its own scores', async () => {
    const { temperature, bound, images, loss, step } = await fittedOf('float32', 'validation');
    expect({ bound, images, step }).toEqual({ bound: null, images: VALIDATED, step: 20 });
    const lossAt = await lossByTensorFlow('float32', 'validation');
    expect(loss.before).toBeCloseTo(lossAt(1), 5);
    expect(loss.after).toBeCloseTo(lossAt(temperature), 5);
    // From 0.05 to 20 in equal ratios; the least of its losses stands beside the temperature.
    const tried = Array.from({ length: 301 }, (_, k) => 0.05 * 400 ** (k / 300));
    const best = tried.reduce((a, b) => (lossAt(b) < lossAt(a) ? b : a));
    expect(Math.abs(Math.log(temperature / best))).toBeLessThan(0.02);
    expect(loss.after).toBeLessThanOrEqual(loss.before);
  });

  it.each(precisions)('changes how sure it is in %s, and no answer', async (precision) => {
    for (const part of ['validation', 'test'] as const) {
      const { reliability } = await fittedOf(precision, part);
      const { score, topShares, told } = await reader.answer(of(precision, part));
      const { before, after } = reliability;
      expect(before.accuracy).toBe(score.accuracy);
      expect(after.accuracy).toBe(score.accuracy);
      const sure = topShares.filter((_, k) => k % told === 0);
      expect(before.confidence).toBeCloseTo(sure.reduce((a, b) => a + b) / sure.length, 5);
      expect(after.confidence).not.toBeCloseTo(before.confidence, 3);
    }
  });

  it('is the validation’s on the test too, and no part that was evaluated is so again', async () => {
    const onValidation = await fittedOf('float32', 'validation');
    await reader.answer(of('float32', 'test'));
    const before = networkAsked();
    const onTest = await fittedOf('float32', 'test');
    expect(networkAsked()).toBe(before);
    expect(onTest).toMatchObject({ temperature: onValidation.temperature, images: VALIDATED });
    const lossAt = await lossByTensorFlow('float32', 'test');
    expect(onTest.loss.before).toBeCloseTo(lossAt(1), 5);
    expect(onTest.loss.after).toBeCloseTo(lossAt(onTest.temperature), 5);
  });

  it('is not there where the run keeps no validation images', async () => {
    const folder = temporaryFolder();
    const preset = presets['small-and-fast']!();
    const events = await trainUntilIdle(folder, {
      ...preset,
      data: { ...preset.data, dataset, batchSize: 50, validationSize: 0 },
      training: { ...preset.training, maxSteps: 2 },
    });
    expect(failures(events)).toEqual([]);
    const asked = { ...of('float32', 'test', { checkpoint: 'model.ckpt-2' }), folder };
    expect(await reader.answer({ ...asked, type: 'calibration' })).toEqual({
      ...{ type: 'calibration', step: 2, result: { state: 'none', why: 'no-validation' } },
    });
  });
});

describe('another data set', () => {
  const picturesOf = async (names: readonly string[]): Promise<string> =>
    folderOf(
      (await digitPictures(4))
        .filter(({ path }) => names.some((name) => path.includes(`/${name}/`)))
        .map(({ path, png }) => ({ path, bytes: png })),
    );

  it('of as many classes is evaluated, and other names are told', async () => {
    const pictures = await picturesOf(DIGIT_NAMES);
    const other = of('float32', 'train', { dataset: pictures });
    const { labels, findings, place } = await reader.answer(other);
    expect(labels.length).toBeGreaterThan(20);
    expect(place).toBe(pictures);
    expect(findings[0]?.what).toContain('taken in their order');
  });

  it('of other classes is refused with the reason', async () => {
    const pictures = await picturesOf(DIGIT_NAMES.slice(0, 3));
    const other = of('float32', 'train', { dataset: pictures });
    expect((await reader.refusal(other)).what).toContain('knows 10 classes');
  });
});

it('stops where nobody wants it any more, and answers the next from what it has read', async () => {
  const stopped = reader.ask(of('float32', 'train'));
  reader.service.handle({ type: 'stop' });
  expect((await stopped).type).toBe('stopped');
  const request: FolderPredictionRequest = of('float32', 'train');
  expect((await reader.answer(request)).labels).toHaveLength(500);
  expect(reader.events.some((event) => event.type === 'reading' && event.unit === 'images')).toBe(
    true,
  );
});

describe('a question to a checkpoint', () => {
  const pixels = (k: number): Uint8Array => read.test.images.subarray(k * 784, (k + 1) * 784);
  const image = (k: number) => ({ height: 28, width: 28, channels: 1, pixels: pixels(k) });
  const ask = (checkpoint: string, k: number) =>
    reader.answer({
      ...{ type: 'question', folder: folders.float32, checkpoint },
      question: { type: 'predict', image: image(k) },
    });
  const told = async (checkpoint: string, k: number): Promise<number[]> => {
    const { answer } = await ask(checkpoint, k);
    if (!('probabilities' in answer)) throw new Error(answer.type);
    return answer.probabilities;
  };

  it('is answered by that one, as it answers of all examples', async () => {
    for (const checkpoint of ['model.ckpt-10', 'model.ckpt-20', 'model.ckpt-10']) {
      const { trueShares, labels } = await reader.answer(of('float32', 'test', { checkpoint }));
      for (const k of [0, 7]) {
        const share = (await told(checkpoint, k))[labels[k]!];
        expect(share).toBeCloseTo(trueShares[k]!, 5);
      }
    }
    expect(await told('model.ckpt-10', 0)).not.toEqual(await told('model.ckpt-20', 0));
  });

  it('is answered again after the network was released', async () => {
    const before = await told('model.ckpt-20', 3);
    await reader.answer({ type: 'release' });
    expect(await told('model.ckpt-20', 3)).toEqual(before);
  });

  it('is refused where there is no such checkpoint, and the next is answered', async () => {
    const refused = await reader.refusal({
      ...{ type: 'question', folder: folders.float32, checkpoint: 'model.ckpt-11' },
      question: { type: 'filters' },
    });
    expect(refused.what).toContain('model.ckpt-11');
    expect(await told('model.ckpt-10', 0)).toHaveLength(10);
  });
});
