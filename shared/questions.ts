import * as v from 'valibot';
import { layerHistogramSchema } from './histogram.ts';
import { count, side } from './schema-parts.ts';

/**
 * What can be asked of the network at any time, between two training steps too, and the answers. Everything is computed in
 * prediction mode: no dropout, the running statistics of batch normalisation.
 */

/** An image as the network was trained on: bytes, row by row, of each pixel its channels. */
const picture = v.pipe(
  v.strictObject({
    height: side,
    width: side,
    channels: side,
    pixels: v.custom<Uint8Array>(
      (value) => value instanceof Uint8Array,
      'pixels must be a Uint8Array',
    ),
  }),
  v.check(
    ({ height, width, channels, pixels }) => pixels.length === height * width * channels,
    'pixels must be as many bytes as height × width × channels',
  ),
);
export type Picture = v.InferOutput<typeof picture>;

/** Row by row, in the order of the answer's `shape`. */
const values = v.custom<Float32Array>(
  (value) => value instanceof Float32Array,
  'values must be a Float32Array',
);

const places = v.tuple([count, count]);

const noValues = { shape: null, values: new Float32Array() };

/**
 * A row of the table below: a question and its answer, which have the same name as their type.
 * @param asked what is asked, besides the type
 * @param answer what is answered, besides the type and `step`, the training step that the weights are of
 * @param empty what is answered where there is no network yet
 */
function defineQuestion<
  Name extends string,
  Asked extends v.ObjectEntries,
  Answer extends v.ObjectEntries,
>(
  name: Name,
  asked: Asked,
  answer: Answer,
  empty: v.InferOutput<v.StrictObjectSchema<Answer, undefined>>,
) {
  const type = v.literal(name);
  return {
    asked: v.strictObject({ type, ...asked }),
    answer: v.strictObject({ type, step: count, ...answer }),
    empty: { type: name, step: 0, ...empty },
  };
}

/** Every question once. What answers it is in main/trainer/tensorflow/answer-question.ts; the window asks it with `api.ask`. */
export const questions = {
  predict: defineQuestion(
    'predict',
    { image: picture },
    /** One a class; empty where there is no network yet. */
    { probabilities: v.array(v.number()) },
    { probabilities: [] },
  ),
  /** Output of one layer for one image; null: of the last. */
  activations: defineQuestion(
    'activations',
    { image: picture, layer: v.nullable(count) },
    {
      /** The layer looked at. */
      layer: v.nullable(count),
      /** [height, width, channels] or [units]; null where there is no network yet, here and below. */
      shape: v.nullable(v.union([v.tuple([count, count, count]), v.tuple([count])])),
      values,
    },
    { ...noValues, layer: null },
  ),
  /**
   * Gradient of one class's score (the logit) with respect to the image, for each unit of a pixel's brightness, black 0 to white 1;
   * null: of the class that wins.
   */
  saliency: defineQuestion(
    'saliency',
    { image: picture, class: v.nullable(count) },
    {
      class: v.nullable(count),
      /** [height, width] of the image. */
      shape: v.nullable(places),
      values,
    },
    { ...noValues, class: null },
  ),
  /** Selvaraju et al. 2017. `layer` has images as its output; null: the last convolution. */
  'grad-cam': defineQuestion(
    'grad-cam',
    { image: picture, class: v.nullable(count), layer: v.nullable(count) },
    {
      class: v.nullable(count),
      /** The layer looked at. */
      layer: v.nullable(count),
      /** [height, width] of the layer's output. */
      shape: v.nullable(places),
      /** Not negative: where the layer's channels speak for the class, at the layer's own size. */
      values,
    },
    { ...noValues, class: null, layer: null },
  ),
  /** How the weights of each layer that learns are spread: kernels, or factors of a normalisation. */
  'weights-histogram': defineQuestion(
    'weights-histogram',
    {},
    { histograms: v.array(layerHistogramSchema) },
    { histograms: [] },
  ),
  /** How the outputs are spread of each layer that learns or ends in a ReLU. */
  'activations-histogram': defineQuestion(
    'activations-histogram',
    /** Null: over the first validation images of the run that is under way or was last, or of a run without any those it trains on. */
    { image: v.nullable(picture) },
    {
      histograms: v.array(layerHistogramSchema),
      /** What was looked at: the image that was asked about, or the run's; null: there is no network, or nothing to show it. */
      of: v.nullable(v.picklist(['image', 'validation', 'training'])),
      /** How many images that are. */
      images: count,
    },
    { histograms: [], of: null, images: 0 },
  ),
  /** Kernels of the first convolution. */
  filters: defineQuestion(
    'filters',
    {},
    {
      /** False: there is no network yet. */
      hasNetwork: v.boolean(),
      /**
       * [height, width, channels, filters]; null where the network has no convolution. Only dropout, pooling and batch
       * normalisation may come before it, so its channels are the image's.
       */
      shape: v.nullable(v.tuple([count, count, count, count])),
      values,
    },
    { ...noValues, hasNetwork: false },
  ),
};

type Questions = typeof questions;
export type QuestionName = keyof Questions;
export const questionNames = Object.keys(questions) as QuestionName[];

export const questionSchema = v.variant(
  'type',
  Object.values(questions).map(({ asked }) => asked),
);
export type Question = v.InferOutput<typeof questionSchema>;
/** Mapped over the names, so that the compiler knows in generic code that a question's type is its name. */
export type QuestionOf<Name extends QuestionName> = {
  [N in Name]: { type: N } & v.InferOutput<Questions[N]['asked']>;
}[Name];

export const answerSchema = v.variant(
  'type',
  Object.values(questions).map(({ answer }) => answer),
);
export type Answer = v.InferOutput<typeof answerSchema>;
export type AnswerTo<Name extends QuestionName> = v.InferOutput<Questions[Name]['answer']>;
