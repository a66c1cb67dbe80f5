import * as v from 'valibot';

/** `firstlayer --setup STRING` opens the app with that set-up in its form. */

const OPTION = '--setup';

/** What follows the option in the app's arguments; empty if nothing follows, null if the option is missing. */
export function setupArgument(args: readonly string[]): string | null {
  const at = args.findIndex((each) => each === OPTION || each.startsWith(`${OPTION}=`));
  const given = args[at];
  if (given === undefined) return null;
  return given === OPTION ? (args[at + 1] ?? '') : given.slice(OPTION.length + 1);
}

/** What a second start of the app passes to the first; its command line reaches that one in another order. */
const handedOnSchema = v.object({
  setup: v.nullable(v.string()),
  /** The checkpoint folder to open. */
  folder: v.nullable(v.string()),
});
export type HandedOn = v.InferOutput<typeof handedOnSchema>;

/** @param data what the other start has passed on, unchecked */
export const handedOn = (data: unknown): HandedOn =>
  v.is(handedOnSchema, data) ? data : { setup: null, folder: null };
