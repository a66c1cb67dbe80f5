import * as v from 'valibot';
import { classNamesSchema } from './appearance.ts';
import { calibrationSchema } from './calibration.ts';
import { failureSchema, runCheckpointNameSchema } from './checkpoint-protocol.ts';
import { examinedParts, partNames } from './dataset-parts.ts';
import { foundMistakesSchema } from './report/mistakes-data.ts';
import { count, side } from './schema-parts.ts';
import { evaluatedScoreSchema } from './score.ts';

/** What a checkpoint's network takes every example of a part for, and the examples' images. */

const bytes = v.custom<Uint8Array>(
  (value) => value instanceof Uint8Array,
  'this must be a Uint8Array',
);
/** Numbers of classes. */
const classes = v.custom<Uint16Array>(
  (value) => value instanceof Uint16Array,
  'this must be a Uint16Array',
);
const floats = v.custom<Float32Array>(
  (value) => value instanceof Float32Array,
  'this must be a Float32Array',
);

/** How many of the most probable classes are told of each example. */
export const MOST_TOLD = 5;
/** The most images that are asked for at once. */
export const MOST_IMAGES = 200;

/** Which examples, and whose data they are. */
const examplesOf = {
  /** Of the present folder. */
  checkpoint: runCheckpointNameSchema,
  /** A set by its name, or a place that was chosen; null: the data that the checkpoint's run learned from. */
  dataset: v.nullable(v.pipe(v.string(), v.minLength(1))),
  /** Of the person's own drawings whose data they are does not count. */
  part: v.picklist(examinedParts),
};

const predictions = v.strictObject({ type: v.literal('predictions'), ...examplesOf });
const images = v.strictObject({
  type: v.literal('images'),
  ...examplesOf,
  /** Of the examples, as the part numbers them. */
  numbers: v.pipe(v.array(count), v.maxLength(MOST_IMAGES)),
});

/** Which images of the run's validation part, or of its test, excite a channel most. */
const mostExciting = v.strictObject({
  type: v.literal('most-exciting'),
  checkpoint: runCheckpointNameSchema,
  layer: count,
  /** A channel of the layer's maps, or a unit of its row. */
  channel: count,
});

/** One image of a class: of the part that is named, or, where that has none of it, of another. */
const classImage = v.strictObject({
  type: v.literal('class-image'),
  ...examplesOf,
  part: v.picklist(partNames),
  label: count,
  /** How many of this class stand before it; begins anew after the last. */
  from: count,
});

/** How sure the network is of these examples, before and after scaling by a temperature that the run's own validation images give. */
const calibration = v.strictObject({ type: v.literal('calibration'), ...examplesOf });

/** What the window may ask. */
export const predictionRequestSchema = v.variant('type', [
  predictions,
  images,
  mostExciting,
  classImage,
  calibration,
]);
export type PredictionRequest = v.InferOutput<typeof predictionRequestSchema>;
export type PredictionRequestOf<Type extends PredictionRequest['type']> = Extract<
  PredictionRequest,
  { type: Type }
>;

/** The same with folders, which a page must not name. */
const folder = { folder: v.string() };
const folders = {
  ...folder,
  /** Where the person's own drawings are kept; absent: nowhere yet. */
  ownDrawings: v.optional(v.string()),
};
export const folderPredictionSchemas = [
  v.strictObject({ ...predictions.entries, ...folders }),
  v.strictObject({ ...images.entries, ...folders }),
  v.strictObject({ ...mostExciting.entries, ...folders }),
  v.strictObject({ ...classImage.entries, ...folders }),
  v.strictObject({ ...calibration.entries, ...folders }),
] as const;
export type FolderPredictionRequest = v.InferOutput<(typeof folderPredictionSchemas)[number]>;

/** Asked for a report: the examples of highest loss, as pictures, of the data that the checkpoint's run learned from. */
export const worstRequestSchema = v.strictObject({
  type: v.literal('worst'),
  checkpoint: runCheckpointNameSchema,
  ...folder,
});
export type WorstRequest = v.InferOutput<typeof worstRequestSchema>;
export const worstAnswerSchema = v.strictObject({
  type: v.literal('worst'),
  mistakes: foundMistakesSchema,
});
export type WorstAnswer = v.InferOutput<typeof worstAnswerSchema>;

const predicted = v.strictObject({
  type: v.literal('predictions'),
  step: count,
  epoch: count,
  /** Where the data are: a set's name or a place. */
  place: v.string(),
  /** SHA-256 as the checkpoints' records have it. */
  datasetHash: v.string(),
  height: side,
  width: side,
  channels: v.picklist([1, 3]),
  classNames: classNamesSchema,
  /** Over all of them, as the run's own evaluation gives it. */
  score: evaluatedScoreSchema,
  /** Of each example what it is, and the class that it was taken for. */
  labels: classes,
  answers: classes,
  /** Of each example, in nats. */
  losses: floats,
  /** Of each example the probability of what it is, 0 to 1. */
  trueShares: floats,
  /** How many classes the two lists below have of each example, the most probable first. */
  told: count,
  topClasses: classes,
  topShares: floats,
  /** Eight bytes of each example: the beginning of a SHA-256 of its label and its pixels, by which a mark finds it again. */
  imageIds: bytes,
  /** What must be known of it: other data than the run's, and the like. */
  findings: v.array(failureSchema),
});
export type Predicted = v.InferOutput<typeof predicted>;

export const predictionAnswerSchemas = [
  predicted,
  v.strictObject({
    type: v.literal('images'),
    /** Of one after the other, row by row, of each pixel its channels. */
    pixels: bytes,
  }),
  v.strictObject({
    type: v.literal('most-exciting'),
    /** Of the checkpoint. */
    step: count,
    part: v.picklist(partNames),
    /** How many images the network was shown, of how many. */
    shown: count,
    all: count,
    height: side,
    width: side,
    channels: side,
    /** The channel's greatest value comes first. */
    images: v.array(
      v.strictObject({
        number: count,
        /** What it is. */
        label: count,
        value: v.number(),
        /** Where in the layer's output the value is; 0 of a row. */
        row: count,
        column: count,
      }),
    ),
    /** Of these images, one after the other. */
    pixels: bytes,
  }),
  v.strictObject({
    type: v.literal('class-image'),
    /** Null: the data have no image of this class. */
    image: v.nullable(
      v.strictObject({
        part: v.picklist(partNames),
        number: count,
        name: v.string(),
        pixels: bytes,
      }),
    ),
  }),
  calibrationSchema,
] as const;
export const predictionAnswerSchema = v.variant('type', predictionAnswerSchemas);
export type PredictionAnswer = v.InferOutput<typeof predictionAnswerSchema>;
export type PredictionAnswerTo<Type extends PredictionAnswer['type']> = Extract<
  PredictionAnswer,
  { type: Type }
>;
