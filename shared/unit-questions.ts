import * as v from 'valibot';
import { MOST_PATCHES } from './occlusion.ts';
import {
  defineQuestion,
  imageShape,
  noValues,
  picture,
  places,
  shades,
  values,
} from './question-parts.ts';
import { count, side } from './schema-parts.ts';

const byte = v.pipe(count, v.maxValue(255));
/** The most steps that are taken for one question, so that training need not wait for long. */
const MOST_STEPS_AT_ONCE = 10;

/** Questions about single units, and about changed pictures; a part of the table in questions.ts. */
export const unitQuestions = {
  /**
   * The outputs of all layers that have an answer of their own, from one pass through the network, and what it predicts. With `inShades`,
   * maps are told as shades (shades.ts).
   */
  'all-activations': defineQuestion(
    'all-activations',
    { image: picture, inShades: v.optional(v.boolean()) },
    {
      /** Of each its number and shape, and the range of its values if these are in `shades`; none while there is no network. */
      layers: v.array(
        v.strictObject({
          index: count,
          shape: v.union([imageShape, v.tuple([count])]),
          shaded: v.optional(v.strictObject({ least: v.number(), most: v.number() })),
        }),
      ),
      /** Of one layer after the other. */
      outputs: values,
      shades: v.optional(shades),
      /** As `predict` answers; in shades the same but for the last bits. */
      probabilities: v.array(v.number()),
    },
    { layers: [], outputs: new Float32Array(), probabilities: [] },
  ),
  /** What one unit reads, the weights that it has for it, and what it answers. */
  unit: defineQuestion(
    'unit',
    {
      image: picture,
      layer: count,
      /** From 0; a unit of a row is in row 0 and column 0, and its number is the channel. */
      row: count,
      column: count,
      channel: count,
    },
    {
      /** [height, width, channels] of what it reads: a convolution with zeros for padding, a pooling without padding. */
      shape: v.nullable(imageShape),
      /** What it reads. */
      values,
      /** One for each number that it reads; empty where its layer has none. */
      weights: values,
      bias: v.nullable(v.number()),
      /** Of a unit of a batch normalisation. */
      statistics: v.nullable(
        v.strictObject({
          scale: v.number(),
          shift: v.number(),
          mean: v.number(),
          variance: v.number(),
        }),
      ),
      /** The value, as the engine computed it. */
      output: v.nullable(v.number()),
    },
    { ...noValues, weights: new Float32Array(), bias: null, statistics: null, output: null },
  ),
  /**
   * What a class's probability loses where a patch covers the picture, for some rows of the patch's places (shared/occlusion.ts). A null
   * class means the most probable one.
   */
  occlusion: defineQuestion(
    'occlusion',
    {
      image: picture,
      class: v.nullable(count),
      /** Side of the patch, in pixels. */
      size: side,
      stride: side,
      /** What the patch is filled with. */
      fill: byte,
      /** The first row of places, and how many. */
      from: count,
      rows: v.pipe(side, v.maxValue(MOST_PATCHES)),
    },
    {
      class: v.nullable(count),
      /** Rows and columns of places that were asked for. */
      shape: v.nullable(places),
      /** Probability without the patch minus that with it: −1 to 1. */
      values,
      /** Of the class, without the patch. */
      probability: v.number(),
    },
    { ...noValues, class: null, probability: 0 },
  ),
  /** Some steps on the way from a picture to the nearest one that is taken for a class (main/trainer/tensorflow/nearest-change.ts). */
  'change-towards': defineQuestion(
    'change-towards',
    {
      image: picture,
      class: count,
      /** Where the steps before have come to, 0 to 255 in the picture's shape; null: nowhere yet. */
      changed: v.nullable(values),
      steps: v.pipe(side, v.maxValue(MOST_STEPS_AT_ONCE)),
    },
    {
      class: v.nullable(count),
      /** [height, width, channels] of the picture. */
      shape: v.nullable(imageShape),
      /** The changed picture; where it is found, of whole numbers. */
      values,
      /** Whether it is taken for the class; no further steps are taken then. */
      found: v.boolean(),
      /** Of the class, for the changed picture. */
      probability: v.number(),
      /** The class that wins now. */
      winner: v.nullable(count),
    },
    { ...noValues, class: null, found: false, probability: 0, winner: null },
  ),
};
