import * as v from 'valibot';
import { layerHistogramSchema } from './histogram.ts';
import { defineQuestion, imageShape, noValues, picture, places, values } from './question-parts.ts';
import { count } from './schema-parts.ts';
import { unitQuestions } from './unit-questions.ts';

/**
 * Questions that can be asked of the network at any time, also between two training steps, and their answers. Everything is computed in
 * prediction mode: without dropout, and with the running statistics of batch normalisation.
 */

/** One layer on the way through the network and back. */
const layerWaySchema = v.strictObject({
  output: values,
  /** What its activation is given; null where it has none. */
  beforeActivation: v.nullable(values),
  /** Of the loss with respect to the output. */
  gradient: values,
  /** The variables that it computes with. */
  variables: v.array(
    v.strictObject({
      name: v.picklist(['weights', 'bias', 'scale', 'shift', 'mean', 'variance']),
      shape: v.array(count),
      values,
      /** Null of a batch normalisation, which is a fixed factor and summand in prediction mode. */
      gradient: v.nullable(values),
    }),
  ),
});
export type LayerWay = v.InferOutput<typeof layerWaySchema>;

/** The table of questions. main/trainer/tensorflow/answer-question.ts answers them; the window asks with `api.ask`. */
export const questions = {
  predict: defineQuestion(
    'predict',
    { image: picture },
    /** One for each class; empty while there is no network. */
    { probabilities: v.array(v.number()) },
    { probabilities: [] },
  ),
  /** The output of one layer for one image; null means the last layer. */
  activations: defineQuestion(
    'activations',
    { image: picture, layer: v.nullable(count) },
    {
      /** The layer in question. */
      layer: v.nullable(count),
      /** [height, width, channels] or [units]; here and below, null while there is no network. */
      shape: v.nullable(v.union([imageShape, v.tuple([count])])),
      values,
    },
    { ...noValues, layer: null },
  ),
  /**
   * Gradient of one class's score (the logit) with respect to the brightness of each pixel, where black is 0 and white is 1. A null class
   * means the most probable one.
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
  /** Grad-CAM (Selvaraju et al. 2017). The output of `layer` must be images; null means the last convolution. */
  'grad-cam': defineQuestion(
    'grad-cam',
    { image: picture, class: v.nullable(count), layer: v.nullable(count) },
    {
      class: v.nullable(count),
      /** The layer in question. */
      layer: v.nullable(count),
      /** [height, width] of the layer's output. */
      shape: v.nullable(places),
      /** Where the layer's channels are evidence for the class, at the layer's own size; never negative. */
      values,
    },
    { ...noValues, class: null, layer: null },
  ),
  /**
   * One example's way through the network and back: what each layer gives, and the gradient of the loss with respect to that and to each
   * layer's weights. Numbers of layers and variables are in their own shape, row by row.
   */
  backpropagation: defineQuestion(
    'backpropagation',
    /** The true class. */
    { image: picture, class: count },
    {
      /** The true class that was asked for; here and below, null while there is no network. */
      class: v.nullable(count),
      /** Softmax cross-entropy in nats. */
      loss: v.nullable(v.number()),
      /** With respect to the image, [height, width, channels], where black is 0 and white is 1. */
      imageGradient: values,
      layers: v.array(layerWaySchema),
    },
    { class: null, loss: null, imageGradient: new Float32Array(), layers: [] },
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
  /** What one convolution or dense layer has learned. */
  'layer-weights': defineQuestion(
    'layer-weights',
    { layer: count },
    {
      /** [height, width, channels, filters] or [inputs, units]; null: the layer has no such weights, or there is no network. */
      shape: v.nullable(v.union([v.tuple([count, count, count, count]), v.tuple([count, count])])),
      values,
      /** One for each filter or unit; empty where the layer has none. */
      biases: values,
    },
    { ...noValues, biases: new Float32Array() },
  ),
  /** Kernels of the first convolution. */
  filters: defineQuestion(
    'filters',
    {},
    {
      /** False while there is no network. */
      hasNetwork: v.boolean(),
      /**
       * [height, width, channels, filters]; null if the network has no convolution. Only dropout, pooling and batch normalisation may come
       * before it, so its channels are the image's.
       */
      shape: v.nullable(v.tuple([count, count, count, count])),
      values,
    },
    { ...noValues, hasNetwork: false },
  ),
  ...unitQuestions,
};

export type { Picture } from './question-parts.ts';

type Questions = typeof questions;
export type QuestionName = keyof Questions;
export const questionNames = Object.keys(questions) as QuestionName[];

export const questionSchema = v.variant(
  'type',
  Object.values(questions).map(({ asked }) => asked),
);
export type Question = v.InferOutput<typeof questionSchema>;
/** Mapped over the names, so that generic code knows that a question's type is its name. */
export type QuestionOf<Name extends QuestionName> = {
  [N in Name]: { type: N } & v.InferOutput<Questions[N]['asked']>;
}[Name];

export const answerSchema = v.variant(
  'type',
  Object.values(questions).map(({ answer }) => answer),
);
export type Answer = v.InferOutput<typeof answerSchema>;
export type AnswerTo<Name extends QuestionName> = v.InferOutput<Questions[Name]['answer']>;
