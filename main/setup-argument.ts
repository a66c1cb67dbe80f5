import * as v from 'valibot';

/** `firstlayer --setup STRING`: the app opens with that set-up in its form. */

const OPTION = '--setup';

/** What follows the option among the app's arguments; empty: nothing does; null: it is not there. */
export function setupArgument(args: readonly string[]): string | null {
  const at = args.findIndex((each) => each === OPTION || each.startsWith(`${OPTION}=`));
  const given = args[at];
  if (given === undefined) return null;
  return given === OPTION ? (args[at + 1] ?? '') : given.slice(OPTION.length + 1);
}

/** What a second start of the app hands to the first: its own arguments reach that one in another order. */
const handedOnSchema = v.object({ setup: v.nullable(v.string()) });

/** @param data what the other start has handed on, whatever it is */
export const handedOnSetup = (data: unknown): string | null =>
  v.is(handedOnSchema, data) ? data.setup : null;
