import { FailureError, toFailure } from '../../../shared/ipc.ts';
import type { ExampleShape } from '../../../shared/network-shape.ts';
import {
  emptyAnswers,
  type Answer,
  type AnswerOf,
  type Asked,
  type Picture,
  type Question,
} from '../../../shared/questions.ts';
import type { TrainerEventOf } from '../../../shared/trainer-protocol.ts';
import type { Session } from './session.ts';

/** The answer to a question, empty where there is no network yet; why it is refused, where it cannot be answered. */
export function answer(
  session: Session | null,
  question: Question,
): Answer | TrainerEventOf<'refused'> {
  const { id, type } = question;
  if (!session) return { ...emptyAnswers[type], id };
  try {
    if ('image' in question) checkPicture(session, question.image);
    if ('class' in question) checkClass(session, question.class);
    return { ...finite(answered(session, question)), id };
  } catch (error) {
    return { type: 'refused', id, ...toFailure(error, type) };
  }
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

function answered(session: Session, question: Question): WithoutId<Answer> {
  const step = session.step();
  switch (question.type) {
    case 'predict': {
      const probabilities = Array.from(session.predict(question.image.pixels));
      return { type: 'prediction', step, probabilities };
    }
    case 'filters':
      return {
        type: 'filters',
        step,
        hasNetwork: true,
        shape: filterShape(session),
        values: session.filters(),
      };
    case 'activations':
      return { ...activations(session, question), step };
    case 'saliency': {
      const { height, width } = session.graph.image;
      const view = session.saliency(question.image.pixels, question.class);
      return { type: 'saliency', step, shape: [height, width], ...view };
    }
    case 'grad-cam':
      return { ...gradCam(session, question), step };
  }
}

/** @throws FailureError where the network, let alone its answer, is no number any more */
function finite<A extends WithoutId<Answer>>(answer: A): A {
  const values = 'probabilities' in answer ? answer.probabilities : answer.values;
  if (values.every(Number.isFinite)) return answer;
  throw new FailureError({
    what: 'The network’s answer is not a number: its weights or outputs have grown beyond what can be computed.',
    where: answer.type,
    remedy: 'Lower the learning rate and go on from a checkpoint before that.',
  });
}

function filterShape({ graph }: Session): AnswerOf<'filters'>['shape'] {
  const [height, width, channels, filters] = graph.filterShape ?? [];
  return height === undefined ||
    width === undefined ||
    channels === undefined ||
    filters === undefined
    ? null
    : [height, width, channels, filters];
}

function activations(
  session: Session,
  { image, layer }: Asked<'activations'>,
): Omit<AnswerOf<'activations'>, 'id' | 'step'> {
  const output = outputOf(session, layer);
  const values = session.activations(image.pixels, layer);
  return { type: 'activations', shape: [...output], values };
}

function gradCam(
  session: Session,
  question: Asked<'grad-cam'>,
): Omit<AnswerOf<'grad-cam'>, 'id' | 'step'> {
  const layer = question.layer ?? lastConvolution(session);
  const [height, width] = outputOf(session, layer);
  if (width === undefined)
    throw new FailureError({
      what: `Layer ${layer} (${session.graph.network.layers[layer]?.layer.type ?? ''}) gives a row of numbers, which has no places to map.`,
      where: 'grad-cam',
      remedy: 'Choose a layer before the flatten or the global average pooling.',
    });
  const view = session.gradCam(question.image.pixels, question.class, layer);
  return { type: 'grad-cam', layer, shape: [height, width], ...view };
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

function outputOf(session: Session, layer: number): ExampleShape {
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

/** As many pixels may be another picture. */
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

type Size = Pick<Picture, 'height' | 'width' | 'channels'>;

/** With the channels where they are others. */
const sizeText = ({ height, width, channels }: Size, other: Size): string =>
  `${height}×${width}${channels === other.channels ? '' : `×${channels}`}`;
