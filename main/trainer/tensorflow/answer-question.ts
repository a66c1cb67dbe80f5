import { FailureError } from '../../../shared/ipc.ts';
import type { ExampleShape } from '../../../shared/network-shape.ts';
import {
  questions,
  type Answer,
  type AnswerTo,
  type Picture,
  type Question,
  type QuestionName,
  type QuestionOf,
} from '../../../shared/questions.ts';
import { sumChannels } from '../../../shared/sum-channels.ts';
import { inShades } from './answer-in-shades.ts';
import { answerOcclusion } from './answer-occlusion.ts';
import { answerAllActivations, answerUnit } from './answer-unit.ts';
import { answerChangeTowards } from './nearest-change.ts';
import type { Session } from './session.ts';
import { checkSmallEnough } from './way.ts';

/** The function that answers each kind of question. */
const answerers: {
  [Name in QuestionName]: (session: Session, question: QuestionOf<Name>) => AnswerTo<Name>;
} = {
  predict: answerPredict,
  activations: answerActivations,
  backpropagation: answerBackpropagation,
  saliency: answerSaliency,
  'grad-cam': answerGradCam,
  filters: answerFilters,
  'layer-weights': answerLayerWeights,
  'weights-histogram': answerWeightsHistogram,
  'activations-histogram': answerActivationsHistogram,
  'all-activations': answerAllActivations,
  unit: answerUnit,
  occlusion: answerOcclusion,
  'change-towards': answerChangeTowards,
};

/**
 * Answers a question to the network; without a network, the answer is empty.
 * @param session the network; null if there is none yet
 * @throws FailureError if the question does not fit the network, or its answer is not finite
 */
export function answerQuestion(session: Session | null, question: Question): Answer {
  if (!session) return questions[question.type].empty;
  if ('image' in question && question.image) checkPicture(session, question.image);
  if ('class' in question) checkClass(session, question.class);
  if ('changed' in question && question.changed) checkChanged(question.image, question.changed);
  if (question.type === 'backpropagation') checkSmallEnough(session.graph.network);
  const answer = answerWith(session, question);
  checkFinite(answer);
  return question.type === 'all-activations' && answer.type === question.type && question.inShades
    ? inShades(answer)
    : answer;
}

function answerWith<Name extends QuestionName>(
  session: Session,
  question: QuestionOf<Name>,
): AnswerTo<Name> {
  return answerers[question.type](session, question);
}

function answerPredict(session: Session, { image }: QuestionOf<'predict'>): AnswerTo<'predict'> {
  const probabilities = Array.from(session.predict(image.pixels));
  return { type: 'predict', step: session.step(), probabilities };
}

function answerActivations(
  session: Session,
  question: QuestionOf<'activations'>,
): AnswerTo<'activations'> {
  const layer = question.layer ?? session.graph.network.layers.length - 1;
  const shape = outputShape(session, layer);
  const values = session.activations(question.image.pixels, layer);
  return { type: 'activations', step: session.step(), layer, shape: [...shape], values };
}

function answerSaliency(session: Session, question: QuestionOf<'saliency'>): AnswerTo<'saliency'> {
  const { height, width, channels } = session.graph.image;
  const view = session.saliency(question.image.pixels, question.class);
  // A pixel that gets brighter does so in all its channels, so their gradients are added up.
  const values = sumChannels(view.values, channels);
  return { ...view, type: 'saliency', step: session.step(), shape: [height, width], values };
}

function answerBackpropagation(
  session: Session,
  { image, class: of }: QuestionOf<'backpropagation'>,
): AnswerTo<'backpropagation'> {
  const way = session.backpropagate(image.pixels, of);
  return { type: 'backpropagation', step: session.step(), class: of, ...way };
}

function answerGradCam(session: Session, question: QuestionOf<'grad-cam'>): AnswerTo<'grad-cam'> {
  const layer = question.layer ?? lastConvolution(session);
  const [height, width] = outputShape(session, layer);
  if (width === undefined)
    throw new FailureError({
      what: `Layer ${layer} (${session.graph.network.layers[layer]?.layer.type ?? ''}) gives a row of numbers, which has no places to map.`,
      where: 'grad-cam',
      remedy: 'Choose a layer before the flatten or the global average pooling.',
    });
  const view = session.gradCam(question.image.pixels, question.class, layer);
  return { type: 'grad-cam', step: session.step(), layer, shape: [height, width], ...view };
}

function answerFilters(session: Session): AnswerTo<'filters'> {
  const { shape } = session.kernels;
  return {
    type: 'filters',
    step: session.step(),
    hasNetwork: true,
    shape: shape && [...shape],
    values: session.kernels.values(),
  };
}

function answerLayerWeights(
  session: Session,
  { layer }: QuestionOf<'layer-weights'>,
): AnswerTo<'layer-weights'> {
  outputShape(session, layer);
  const { weights, biases } = session.layerWeights(layer);
  const shape = weights?.shape as AnswerTo<'layer-weights'>['shape'] | undefined;
  return {
    type: 'layer-weights',
    step: session.step(),
    shape: shape ?? null,
    values: weights?.values ?? new Float32Array(),
    biases: biases ?? new Float32Array(),
  };
}

function answerWeightsHistogram(session: Session): AnswerTo<'weights-histogram'> {
  const histograms = session.weightsHistograms();
  return { type: 'weights-histogram', step: session.step(), histograms };
}

function answerActivationsHistogram(
  session: Session,
  { image }: QuestionOf<'activations-histogram'>,
): AnswerTo<'activations-histogram'> {
  const { sample } = session;
  const images = image?.pixels ?? sample?.images ?? new Uint8Array();
  const { height, width, channels } = session.graph.image;
  return {
    type: 'activations-histogram',
    step: session.step(),
    histograms: images.length === 0 ? [] : session.activationsHistograms(images),
    of: image ? 'image' : (sample?.of ?? null),
    images: images.length / (height * width * channels),
  };
}

/** @throws FailureError where the network, let alone its answer, is no number any more */
function checkFinite(answer: Answer): void {
  if (numbersIn(answer).every(areFinite)) return;
  throw new FailureError({
    what: 'The network’s answer is not a number: its weights or outputs have grown beyond what can be computed.',
    where: answer.type,
    remedy: 'Lower the learning rate and go on from a checkpoint before that.',
  });
}

/** Their sum is a number only if each is: no sum of float32 numbers leaves a double’s range. Ten times as fast as asking each. */
function areFinite(numbers: readonly number[] | Float32Array): boolean {
  let sum = 0;
  for (let k = numbers.length - 1; k >= 0; k--) sum += numbers[k] ?? 0;
  return Number.isFinite(sum);
}

function numbersIn(answer: Answer): readonly (readonly number[] | Float32Array)[] {
  if ('outputs' in answer) return [answer.outputs, answer.probabilities];
  if ('probabilities' in answer) return [answer.probabilities];
  if ('output' in answer) return [answer.values, answer.weights, [answer.output ?? 0]];
  if ('values' in answer) return [answer.values];
  if ('imageGradient' in answer) return [[answer.loss ?? 0], answer.imageGradient];
  return [answer.histograms.flatMap(({ least, most }) => [least, most])];
}

function lastConvolution(session: Session): number {
  const last = session.graph.network.layers.findLastIndex(
    ({ layer }) => layer.type === 'convolution',
  );
  if (last >= 0) return last;
  throw new FailureError({
    what: 'The network has no convolution, which Grad-CAM looks at.',
    where: 'grad-cam',
    remedy: 'Look at the gradient of the image instead, or train a network with convolutions.',
  });
}

function outputShape(session: Session, layer: number): ExampleShape {
  const { layers } = session.graph.network;
  const shape = layers[layer];
  if (shape) return shape.output;
  throw new FailureError({
    what: `The network has no layer ${layer}: it has ${layers.length}, counted from 0.`,
    where: 'layer',
    remedy: `Choose a layer from 0 to ${layers.length - 1}.`,
  });
}

function checkClass(session: Session, of: number | null): void {
  const { classes } = session.graph.image;
  if (of === null || of < classes) return;
  throw new FailureError({
    what: `There is no class ${of}.`,
    where: 'class',
    remedy: `Choose a class from 0 to ${classes - 1}, or none for the one that wins.`,
  });
}

/** Checks each dimension, since another shape may have the same number of pixels. */
function checkPicture(session: Session, asked: Picture): void {
  const trained = session.graph.image;
  const { height, width, channels } = trained;
  if (asked.height === height && asked.width === width && asked.channels === channels) return;
  throw new FailureError({
    what: `The picture is ${sizeText(asked, trained)}, but this network was trained on ${sizeText(trained, asked)}.`,
    where: 'image',
    remedy: 'Ask a network that was trained on images of this size.',
  });
}

function checkChanged({ pixels }: Picture, changed: Float32Array): void {
  if (changed.length === pixels.length && changed.every((value) => value >= 0 && value <= 255))
    return;
  throw new FailureError({
    what: 'The changed picture has another size than the picture, or values beyond 0 to 255.',
    where: 'changed',
    remedy: 'Begin with the picture as it is.',
  });
}

type Size = Pick<Picture, 'height' | 'width' | 'channels'>;

/** The size as text, with the channels if those of the other size differ. */
const sizeText = ({ height, width, channels }: Size, other: Size): string =>
  `${height}×${width}${channels === other.channels ? '' : `×${channels}`}`;
