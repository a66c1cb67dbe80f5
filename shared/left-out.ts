import * as v from 'valibot';
import { formatCount } from './format.ts';
import { imageIdSchema } from './image-id.ts';
import { MOST_MARKS } from './label-marks.ts';

/**
 * The images that a run does not learn from, by what an image is found again by. The run's configuration holds them all, not whether marked
 * ones are left out: so a checkpoint tells by itself what its run learned from, and a mark that is made later changes no run.
 */

/** As many as can be marked. */
export const MOST_LEFT_OUT = MOST_MARKS;

/**
 * A list of images; the same images are the same setting, in whatever order and how often they are named. Null: none.
 * @param by what each is named by, in words
 */
export const imageListSchema = (name: string, most: number, by: () => string) =>
  v.nullable(
    v.pipe(
      // One message for the whole list, not one for each of thousands.
      v.custom<readonly string[]>(
        (value) =>
          Array.isArray(value) &&
          value.length > 0 &&
          value.length <= most &&
          value.every((id) => v.is(imageIdSchema, id)),
        // Said in the language of that time, and not before: a program that formats its first number waits some 20 ms for it.
        () => `${name} must be a list of 1 to ${formatCount(most)} images, each by ${by()}`,
      ),
      v.transform((ids) => [...new Set(ids)].sort()),
    ),
  );

export const leftOutSchema = imageListSchema(
  'leftOut',
  MOST_LEFT_OUT,
  () => 'the sixteen digits that Mistakes exports',
);

/** A list in words, another for each list: "3 images, list 5f2a91c0". */
export const leftOutText = (ids: readonly string[]): string =>
  `${imagesText(ids.length)}, ${listText(ids)}`;

/** As each is the beginning of a hash, their exclusive or tells lists apart: "list 5f2a91c0". */
export const listText = (ids: readonly string[]): string => `list ${checksumOf(ids)}`;

const checksumOf = (ids: readonly string[]): string =>
  (ids.reduce((sum, id) => sum ^ parseInt(id.slice(0, 8), 16), 0) >>> 0)
    .toString(16)
    .padStart(8, '0');

export const imagesText = (count: number): string =>
  count === 1 ? '1 image' : `${formatCount(count)} images`;

/** Whether two lists are of the same images; null: of none. */
export const isSameList = (a: readonly string[] | null, b: readonly string[] | null): boolean =>
  [...(a ?? [])].sort().join() === [...(b ?? [])].sort().join();
