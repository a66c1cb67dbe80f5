import * as v from 'valibot';
import { count } from './schema-parts.ts';

/**
 * What can be asked of the network at any time, between two training steps too, and the answers. Everything is computed in
 * prediction mode: no dropout, the running statistics of batch normalisation.
 */

const side = v.pipe(count, v.minValue(1), v.maxValue(65_536));

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

const floats = v.custom<Float32Array>(
  (value) => value instanceof Float32Array,
  'values must be a Float32Array',
);

/** What is asked, apart from the number that the answer comes back with. */
export const questionEntries = {
  predict: { image: picture },
  filters: {},
  /** Output of one layer for one image. */
  activations: { image: picture, layer: count },
  /** Gradient of one class's score with respect to the image; null: of the class that wins. */
  saliency: { image: picture, class: v.nullable(count) },
  /** Selvaraju et al. 2017. `layer` has images as its output; null: the last convolution. */
  'grad-cam': { image: picture, class: v.nullable(count), layer: v.nullable(count) },
};

const numbered = <T extends string>(type: T) => ({ type: v.literal(type), id: count });

export const questionSchema = v.variant('type', [
  v.strictObject({ ...numbered('predict'), ...questionEntries.predict }),
  v.strictObject({ ...numbered('filters'), ...questionEntries.filters }),
  v.strictObject({ ...numbered('activations'), ...questionEntries.activations }),
  v.strictObject({ ...numbered('saliency'), ...questionEntries.saliency }),
  v.strictObject({ ...numbered('grad-cam'), ...questionEntries['grad-cam'] }),
]);
export type Question = v.InferOutput<typeof questionSchema>;
/** A question without its number. */
export type Asked<T extends Question['type']> = Omit<Extract<Question, { type: T }>, 'type' | 'id'>;

const places = v.tuple([count, count]);

/** What is answered. `step` is the training step that the weights are of; values go row by row in the order of `shape`. */
export const answerEntries = {
  /** One probability a class; empty where there is no network yet. */
  prediction: { step: count, probabilities: v.array(v.number()) },
  filters: {
    step: count,
    /** False: there is no network yet. */
    hasNetwork: v.boolean(),
    /**
     * Of the network's first convolution, [height, width, channels, filters]; null where it has none. Only dropout, pooling and
     * batch normalisation may come before, so its channels are the image's.
     */
    shape: v.nullable(v.tuple([count, count, count, count])),
    values: floats,
  },
  activations: {
    step: count,
    /** [height, width, channels] or [units]; null where there is no network yet, here and below. */
    shape: v.nullable(v.union([v.tuple([count, count, count]), v.tuple([count])])),
    values: floats,
  },
  /** Change of the score (the logit) for each unit of a pixel's brightness, black 0 to white 1. */
  saliency: {
    step: count,
    class: v.nullable(count),
    /** [height, width] of the image. */
    shape: v.nullable(places),
    values: floats,
  },
  /** Not negative: where the layer's channels speak for the class, at the layer's own size. */
  'grad-cam': {
    step: count,
    class: v.nullable(count),
    /** The layer looked at. */
    layer: v.nullable(count),
    /** [height, width] of the layer's output. */
    shape: v.nullable(places),
    values: floats,
  },
};

export const answerSchema = v.variant('type', [
  v.strictObject({ ...numbered('prediction'), ...answerEntries.prediction }),
  v.strictObject({ ...numbered('filters'), ...answerEntries.filters }),
  v.strictObject({ ...numbered('activations'), ...answerEntries.activations }),
  v.strictObject({ ...numbered('saliency'), ...answerEntries.saliency }),
  v.strictObject({ ...numbered('grad-cam'), ...answerEntries['grad-cam'] }),
]);
export type Answer = v.InferOutput<typeof answerSchema>;
export type AnswerOf<T extends Answer['type']> = Extract<Answer, { type: T }>;

const noValues = { step: 0, shape: null, values: new Float32Array() };

/** Answers where there is no network yet. */
export const emptyAnswers = {
  predict: { type: 'prediction', step: 0, probabilities: [] as number[] },
  filters: { type: 'filters', hasNetwork: false, ...noValues },
  activations: { type: 'activations', ...noValues },
  saliency: { type: 'saliency', ...noValues, class: null },
  'grad-cam': { type: 'grad-cam', ...noValues, class: null, layer: null },
} as const satisfies Record<Question['type'], unknown>;
