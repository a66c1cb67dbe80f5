import * as v from 'valibot';
import { count, side } from './schema-parts.ts';

/** What the tables of questions are made of. */

/** An image like those that the network was trained on: bytes, row by row, with the channels of each pixel side by side. */
export const picture = v.pipe(
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

/** Values row by row, in the order of the answer's `shape`. */
export const values = v.custom<Float32Array>(
  (value) => value instanceof Float32Array,
  'values must be a Float32Array',
);

/** As `values`, in shades (shades.ts). */
export const shades = v.custom<Int8Array>(
  (value) => value instanceof Int8Array,
  'shades must be an Int8Array',
);

/** [height, width]. */
export const places = v.tuple([count, count]);
/** [height, width, channels]. */
export const imageShape = v.tuple([count, count, count]);

export const noValues = { shape: null, values: new Float32Array() };

/**
 * Defines a question and its answer, which both have its name as their type.
 * @param asked entries of the question, besides the type
 * @param answer entries of the answer, besides the type and `step`, the training step of the weights
 * @param empty the answer while there is no network
 */
export function defineQuestion<
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
