import * as v from 'valibot';
import { failureSchema } from './checkpoint-protocol.ts';
import {
  questionAnswerSchema,
  questionRequestSchema,
  releaseSchema,
} from './checkpoint-question.ts';
import { runConfigSchema } from './config.ts';
import { datasetNames } from './dataset-names.ts';
import { partNames } from './dataset-parts.ts';
import { imageFits } from './fields/choices.ts';
import {
  folderPredictionSchemas,
  predictionAnswerSchemas,
  worstAnswerSchema,
  worstRequestSchema,
} from './predictions.ts';
import { readingProgressSchema } from './reading-progress.ts';
import { count, numberAt } from './schema-parts.ts';

/** Requests of the window about datasets while a person chooses one, and their answers. */

/** Bytes of images, row by row, with the channels of each pixel side by side. */
const pixels = v.custom<Uint8Array>(
  (value) => value instanceof Uint8Array,
  'pixels must be a Uint8Array',
);
const part = v.picklist(partNames);
const data = runConfigSchema.entries.data;
/** Most examples in one request. */
const MOST_ASKED_FOR = 200;
/** A step's number has 32 bits in the graph. */
const MOST_STEPS = 2 ** 31 - 1;

const imageSize = { height: count, width: count };
const example = v.strictObject({ number: count, label: count });
export type ShownExample = v.InferOutput<typeof example>;

const listedSet = v.strictObject({
  name: v.picklist(datasetNames),
  title: v.string(),
  licence: v.string(),
  /** Whether it is on this machine already. */
  isHere: v.boolean(),
  /** Host and number of bytes to fetch; null if the set is part of the app. */
  from: v.nullable(v.strictObject({ host: v.string(), bytes: count })),
});
export type ListedSet = v.InferOutput<typeof listedSet>;

const fitted = v.strictObject({
  /** The picture file's path below the named place. */
  path: v.string(),
  /** Its own size, upright. */
  stored: v.strictObject(imageSize),
  channels: v.picklist([1, 3]),
  /** The whole picture, shrunk for display. */
  whole: v.strictObject({ ...imageSize, pixels }),
  /** The example that each fit makes of it. */
  examples: v.array(v.strictObject({ fit: v.picklist(imageFits), ...imageSize, pixels })),
});
export type FittedPicture = v.InferOutput<typeof fitted>;

/**
 * Defines a request and its answer, which both have its name as their type.
 * @param asked entries of the request, besides the type
 * @param answer entries of the answer, besides the type
 */
function defineRequest<
  Name extends string,
  Asked extends v.ObjectEntries,
  Answer extends v.ObjectEntries,
>(name: Name, asked: Asked, answer: Answer) {
  const type = v.literal(name);
  return {
    asked: v.strictObject({ type, ...asked }),
    answer: v.strictObject({ type, ...answer }),
  };
}

/** The table of requests. Their answers are made in main/trainer/reader. */
const requests = {
  /** Lists the named sets. */
  sets: defineRequest('sets', {}, { sets: v.array(listedSet) }),
  /** Fetches one of them from its host. */
  fetch: defineRequest('fetch', { name: v.picklist(datasetNames) }, {}),
  /**
   * Reads the data that the settings name, and describes them. Requests below are about the data that were opened last, except where noted.
   */
  open: defineRequest(
    'open',
    { data },
    {
      ...imageSize,
      channels: v.picklist([1, 3]),
      classNames: v.array(v.string()),
      /** Images of each class. */
      counts: v.strictObject({
        train: v.array(count),
        validation: v.array(count),
        test: v.array(count),
      }),
      findings: v.array(failureSchema),
    },
  ),
  /** Images of a part, of one class or of all, in their order. */
  examples: defineRequest(
    'examples',
    {
      part,
      /** Null means all classes. */
      label: v.nullable(count),
      /** Number of examples to skip. */
      from: count,
      most: v.pipe(count, v.maxValue(MOST_ASKED_FOR)),
    },
    {
      /** Number of all such examples. */
      total: count,
      examples: v.array(example),
      /** The images, one after the other. */
      pixels,
    },
  ),
  /** Test images that look like a training image, the most alike first. */
  alike: defineRequest(
    'alike',
    { most: v.pipe(count, v.maxValue(MOST_ASKED_FOR)) },
    {
      pairs: v.array(
        v.strictObject({
          test: example,
          train: example,
          /** Mean difference of brightness, 0 to 255; 0: every pixel is the same. */
          difference: v.number(),
        }),
      ),
      /** Of each pair the test image, then the training image. */
      pixels,
    },
  ),
  /**
   * Training images of different classes, as they are and as a training step with these images as its batch sees them by the settings'
   * augmentation. This request does not depend on `open`, and other requests do not depend on it.
   */
  augmented: defineRequest(
    'augmented',
    {
      data,
      /** The run's seed, which decides the images and their augmentation. */
      seed: numberAt('training.seed'),
      /** Steps done before; each step draws other augmentations. */
      step: v.pipe(count, v.maxValue(MOST_STEPS)),
      most: v.pipe(count, v.minValue(1), v.maxValue(MOST_ASKED_FOR)),
    },
    {
      ...imageSize,
      channels: v.picklist([1, 3]),
      /** Images of each part. */
      counts: v.strictObject({ train: count, validation: count, test: count }),
      findings: v.array(failureSchema),
      /** In the order of their classes; fewer than asked for if they are large. */
      examples: v.array(v.strictObject({ ...example.entries, name: v.string() })),
      /** The images as they are, one after the other. */
      pixels,
      /** The same images as the step sees them, to the nearest byte. */
      augmented: pixels,
    },
  ),
  /** The result of each fit for a picture. */
  fit: defineRequest(
    'fit',
    { data },
    {
      /** Whether the settings name picture files, to which size, fit, channels and background apply. */
      arePictures: v.boolean(),
      /** Null if none of the first pictures can be read. */
      picture: v.nullable(fitted),
    },
  ),
};

type Requests = typeof requests;
type RequestName = keyof Requests;

export const datasetRequestSchema = v.variant(
  'type',
  Object.values(requests).map(({ asked }) => asked),
);
export type DatasetRequest = v.InferOutput<typeof datasetRequestSchema>;
export type DatasetRequestOf<Name extends RequestName> = {
  [N in Name]: { type: N } & v.InferOutput<Requests[N]['asked']>;
}[Name];

export const datasetAnswerSchema = v.variant(
  'type',
  Object.values(requests).map(({ answer }) => answer),
);
export type DatasetAnswer = v.InferOutput<typeof datasetAnswerSchema>;
export type DatasetAnswerTo<Name extends RequestName> = {
  [N in Name]: { type: N } & v.InferOutput<Requests[N]['answer']>;
}[Name];

/** What the reader process is asked: of datasets, or of a checkpoint's network. */
const readerRequestSchema = v.variant('type', [
  datasetRequestSchema,
  ...folderPredictionSchemas,
  worstRequestSchema,
  questionRequestSchema,
  releaseSchema,
]);
export type ReaderRequest = v.InferOutput<typeof readerRequestSchema>;
const readerAnswerSchema = v.variant('type', [
  datasetAnswerSchema,
  ...predictionAnswerSchemas,
  worstAnswerSchema,
  questionAnswerSchema,
  releaseSchema,
]);
export type ReaderAnswer = v.InferOutput<typeof readerAnswerSchema>;

/** What the reader process is told. */
export const readerCommandSchema = v.variant('type', [
  v.strictObject({ type: v.literal('ask'), id: count, request: readerRequestSchema }),
  /** Whatever is being read is not wanted any more. */
  v.strictObject({ type: v.literal('stop') }),
]);
export type ReaderCommand = v.InferOutput<typeof readerCommandSchema>;

/** Events of the reader process. */
export const readerEventSchema = v.variant('type', [
  v.strictObject({ type: v.literal('answer'), id: count, answer: readerAnswerSchema }),
  v.strictObject({ type: v.literal('refused'), id: count, ...failureSchema.entries }),
  /** It was stopped before there was an answer. */
  v.strictObject({ type: v.literal('stopped'), id: count }),
  v.strictObject({ type: v.literal('reading'), ...readingProgressSchema.entries }),
]);
export type ReaderEvent = v.InferOutput<typeof readerEventSchema>;
