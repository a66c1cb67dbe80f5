import * as v from 'valibot';
import { appearanceSchema } from './appearance.ts';
import { failureSchema } from './failure-schema.ts';
import { formatCount } from './format.ts';
import { partOfWord } from './part-of-word.ts';
import { count } from './schema-parts.ts';

/**
 * The drawings that a person keeps with what they really are: in a folder of theirs, a folder of PNG files for each class, and beside each
 * the strokes as JSON. A picture that was not drawn, such as a photo, is kept in the same way, without strokes. A page names a drawing by
 * class and file; where the folder lies only the main process knows.
 */

/** Drawings of one set that are listed. */
export const MOST_OWN_DRAWINGS = 5_000;
/** Pictures that are asked for at once. */
export const MOST_PICTURES = 200;
const LONGEST_NAME = 80;
const MOST_BYTES = 3_000_000;
const MOST_POINTS = 200_000;

/** What no file system of the three takes in a name, or takes for something else. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNSAFE = /[<>:"/\\|?*\u0000-\u001f\u007f]|^\.|[. ]$|^ |^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

const isSafeFolder = (name: string): boolean =>
  name !== '' &&
  name.length <= LONGEST_NAME &&
  !UNSAFE.test(name) &&
  // A reader of class folders would take it for a part of the data.
  partOfWord(name) === null;

/** The name of a class's folder, as a single part of a path. */
export const classFolderSchema = v.pipe(
  v.string(),
  v.check(isSafeFolder, 'this is no name of a class’s folder'),
);

/**
 * The folder of each class: its name where that can be a folder's on every system and is no other's in other capitals; else its number.
 */
export function classFolders(classNames: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of classNames)
    counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
  return classNames.map((name, label) =>
    counts.get(name.toLowerCase()) === 1 && isSafeFolder(name) ? name : `class-${label}`,
  );
}

/** The name of a drawing's two files without their endings: when it was kept, and eight digits by chance. */
export const STEM = /^\d{4}-\d\d-\d\d-\d{6}-[\da-f]{8}$/;

/** Which drawing: its class's folder and its name there. */
const drawingIdSchema = v.strictObject({
  folder: classFolderSchema,
  name: v.pipe(v.string(), v.regex(STEM, 'this is no drawing’s name')),
});
export type DrawingId = v.InferOutput<typeof drawingIdSchema>;

const pixelImage = v.pipe(
  v.strictObject({
    height: count,
    width: count,
    channels: v.picklist([1, 3]),
    pixels: v.custom<Uint8Array>((value) => value instanceof Uint8Array, 'pixels must be bytes'),
  }),
  v.check(
    ({ height, width, channels, pixels }) =>
      pixels.length > 0 &&
      pixels.length <= MOST_BYTES &&
      pixels.length === height * width * channels,
    'pixels must be as many bytes as height × width × channels',
  ),
);
export type PixelBytes = v.InferOutput<typeof pixelImage>;

/** "1 drawing", "12 drawings". */
export const drawingsText = (count: number): string =>
  `${formatCount(count)} ${count === 1 ? 'drawing' : 'drawings'}`;

const place = v.pipe(v.number(), v.finite());
const strokesSchema = v.pipe(
  v.array(v.array(v.strictObject({ x: place, y: place, width: place }))),
  v.check(
    (strokes) => strokes.reduce((sum, stroke) => sum + stroke.length, 0) <= MOST_POINTS,
    `a drawing has at most ${MOST_POINTS} points`,
  ),
);

/** The file beside a picture. Its class is its folder's name, so that who moves both files has said everything. */
export const strokesFileSchema = v.object({
  format: v.literal('firstlayer-drawing'),
  version: v.literal(1),
  /** When it was kept, as ISO 8601 has it. */
  kept: v.string(),
  /** The sides of the pad in the unit of the points. */
  pad: place,
  image: v.object({ height: count, width: count, channels: v.picklist([1, 3]) }),
  /** How the picture differs from white ink on black, upright. */
  appearance: appearanceSchema,
  /** In their order, each with its points in theirs; `width` is the pen's there. */
  strokes: strokesSchema,
});
export type StrokesFile = v.InferOutput<typeof strokesFileSchema>;

const some = v.pipe(v.array(drawingIdSchema), v.maxLength(MOST_OWN_DRAWINGS));

const ownDrawingsRequestSchema = v.variant('type', [
  v.strictObject({ type: v.literal('list') }),
  /** Asks for a folder first where none was chosen yet. */
  v.strictObject({
    type: v.literal('keep'),
    folder: classFolderSchema,
    image: pixelImage,
    /** How it was drawn; null: it is a picture of another origin. */
    drawn: v.nullable(v.strictObject({ appearance: appearanceSchema, strokes: strokesSchema })),
  }),
  v.strictObject({
    type: v.literal('relabel'),
    drawing: drawingIdSchema,
    folder: classFolderSchema,
  }),
  /** It is set aside until `forget`, and can be had back by `restore`. */
  v.strictObject({ type: v.literal('delete'), drawing: drawingIdSchema }),
  v.strictObject({ type: v.literal('restore'), drawing: drawingIdSchema }),
  v.strictObject({ type: v.literal('forget'), drawing: drawingIdSchema }),
  /** Another folder, which the person chooses. */
  v.strictObject({ type: v.literal('choose') }),
  /** Copies all into a new folder below one that the person chooses. */
  v.strictObject({ type: v.literal('export') }),
  /** Shows the folder in the file manager. */
  v.strictObject({ type: v.literal('reveal') }),
]);
export type OwnDrawingsRequest = v.InferOutput<typeof ownDrawingsRequestSchema>;

const ownDrawingSchema = v.strictObject({
  ...drawingIdSchema.entries,
  height: count,
  width: count,
  /** Its strokes lie beside it: it was drawn. */
  hasStrokes: v.boolean(),
});
export type OwnDrawing = v.InferOutput<typeof ownDrawingSchema>;

const ownDrawingsSchema = v.strictObject({
  /** Null: none was chosen yet. */
  place: v.nullable(v.string()),
  /** By class, and in each in the order in which they were kept. */
  drawings: v.array(ownDrawingSchema),
  /** What of it cannot be read. */
  problems: v.array(failureSchema),
  /** Of `keep`, `relabel` and `restore` the drawing; else null. */
  drawing: v.nullable(drawingIdSchema),
  /** Where `export` has copied them to; else null. */
  copiedTo: v.nullable(v.string()),
});
export type OwnDrawings = v.InferOutput<typeof ownDrawingsSchema>;

/** Pictures of some drawings; those that cannot be read any more are left out. */
const drawingPicturesRequestSchema = v.pipe(some, v.maxLength(MOST_PICTURES));
const drawingPicturesSchema = v.array(
  v.strictObject({ drawing: drawingIdSchema, image: pixelImage }),
);

/** What the window may ask of them. */
export const ownDrawingCalls = {
  ownDrawings: { input: ownDrawingsRequestSchema, output: v.nullable(ownDrawingsSchema) },
  drawingPictures: { input: drawingPicturesRequestSchema, output: drawingPicturesSchema },
};
