import { FailureError } from '../../../shared/ipc.ts';
import { layerNames } from '../../../shared/layer-names.ts';
import type { ExampleShape } from '../../../shared/network-shape.ts';
import { hasOwnAnswer } from '../../../shared/own-answer.ts';
import type { AnswerTo, QuestionOf } from '../../../shared/questions.ts';
import { hasUnit, indexOfUnit, readByUnit } from '../../../shared/unit-arithmetic.ts';
import type { Session } from './session.ts';

/** Answers what all layers give, and what one of their units computes with, each from one pass through the network. */

export function answerAllActivations(
  session: Session,
  { image, inShades }: QuestionOf<'all-activations'>,
): AnswerTo<'all-activations'> {
  const { values, probabilities, step } = session.outputs.ownAnswers(image.pixels, inShades);
  const layers = session.graph.network.layers.flatMap(({ layer, output }, index) =>
    hasOwnAnswer(layer) ? [{ index, shape: mutable(output) }] : [],
  );
  return { type: 'all-activations', step, layers, outputs: values, probabilities };
}

/** @throws FailureError where there is no such unit */
export function answerUnit(
  session: Session,
  { image, layer, row, column, channel }: QuestionOf<'unit'>,
): AnswerTo<'unit'> {
  const shape = session.graph.network.layers[layer];
  const place = { row, column, channel };
  if (!shape || !hasUnit(shape.output, place)) throw noSuchUnit();
  const outputs = session.outputs.ofAllLayers(image.pixels);
  const input = layer === 0 ? brightness(image.pixels) : outputs[layer - 1];
  const { shape: readShape, values } = readByUnit(shape, input ?? new Float32Array(), place);
  const name = layerNames(session.graph.network.layers.map((each) => each.layer))[layer] ?? '';
  // What is set by hand counts here, as it does for the layer's answer.
  const variables = session.presentVariables();
  const ofChannel = (variable: string): number | null =>
    variables.get(`${name}/${variable}`)?.[channel] ?? null;
  const scale = ofChannel('scale');
  return {
    ...{ type: 'unit', step: session.step(), shape: readShape, values },
    weights: everyNth(
      variables.get(`${name}/weights`) ?? new Float32Array(),
      shape.output.at(-1) ?? 1,
      channel,
    ),
    bias: ofChannel('bias'),
    statistics:
      scale === null
        ? null
        : {
            scale,
            shift: ofChannel('shift') ?? 0,
            mean: ofChannel('mean') ?? 0,
            variance: ofChannel('variance') ?? 0,
          },
    output: outputs[layer]?.[indexOfUnit(shape.output, place)] ?? null,
  };
}

const mutable = (shape: ExampleShape): [number, number, number] | [number] =>
  shape.length === 3 ? [...shape] : [...shape];

/** A picture as the network takes it: 0 to 1. */
const brightness = (pixels: Uint8Array): Float32Array =>
  Float32Array.from(pixels, (byte) => byte / 255);

/** Of weights […, filters] those of one filter. */
const everyNth = (weights: Float32Array, filters: number, filter: number): Float32Array =>
  Float32Array.from(
    { length: weights.length / filters },
    (_, k) => weights[k * filters + filter] ?? 0,
  );

const noSuchUnit = (): FailureError =>
  new FailureError({
    what: 'The network has no such unit.',
    where: 'unit',
    remedy: 'Choose a unit of this network’s layers.',
  });
