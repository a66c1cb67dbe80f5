import * as v from 'valibot';
import { formatCount } from './format.ts';
import { imageListSchema, listText } from './left-out.ts';
import { drawingsText, MOST_OWN_DRAWINGS } from './own-drawings.ts';
import { numberAt, someText, strictRecord } from './schema-parts.ts';

/**
 * The person's own drawings that a run learns from besides its data. Which they were the run's configuration holds, each by what an image
 * is found again by: so a checkpoint tells by itself what its run learned from, and a drawing that is kept later changes no run.
 */

const group = strictRecord({
  folder: v.nullable(someText('folder must be the folder that Draw keeps drawings in')),
  weight: numberAt('data.ownDrawings.weight'),
  /** Null: those that lie there when the run begins; a run that goes on keeps to those that it began with. */
  drawings: v.optional(
    imageListSchema('drawings', MOST_OWN_DRAWINGS, () => 'its sixteen digits'),
    null,
  ),
});

const whereOn = v.pipe(
  v.nullable(group),
  v.transform((own): MixedDrawings | undefined =>
    typeof own?.folder === 'string' ? { ...own, folder: own.folder } : undefined,
  ),
);

export type MixedDrawings = v.InferOutput<typeof group> & { folder: string };

/** Absent where none are mixed in, so that such a run's configuration is what it was before there were any. */
export const mixedDrawingsSchema = v.optional(whereOn);

/** How many examples they are to train on. */
export const examplesOfDrawings = (drawings: number, weight: number): number => drawings * weight;

/** How many examples a run has of them. */
export const mixedExamples = (own: MixedDrawings | undefined): number =>
  own ? examplesOfDrawings(own.drawings?.length ?? 0, own.weight) : 0;

/** What they are in words, others for others: "3 drawings as 10 examples each, list 5f2a91c0". */
export function mixedText(own: MixedDrawings | undefined): string {
  if (!own) return 'none';
  const { drawings, weight } = own;
  const each = weight === 1 ? '1 example' : `${formatCount(weight)} examples`;
  if (drawings === null) return `those in ${own.folder} as ${each} each`;
  return `${drawingsText(drawings.length)} as ${each} each, ${listText(drawings)}`;
}
