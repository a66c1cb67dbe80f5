import * as v from 'valibot';

/** A `Failure` as it comes from another process. */
export const failureSchema = v.strictObject({
  what: v.string(),
  where: v.string(),
  remedy: v.string(),
});
