import * as v from 'valibot';
import { FailureError } from './ipc.ts';

/**
 * Checks foreign data by a schema.
 * @param where what the data are, in a person's words
 * @throws FailureError with the first thing that is not allowed, and its path
 */
export function checked<const S extends v.GenericSchema>(
  schema: S,
  data: unknown,
  where: string,
  remedy: string,
): v.InferOutput<S> {
  const parsed = v.safeParse(schema, data);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  throw new FailureError({
    what: `Not allowed: ${issue.message.replace(/\.$/, '')}.`,
    where: path === null ? where : `${where}, ${path}`,
    remedy,
  });
}

/**
 * @param where what the text is, in a person's words
 * @throws FailureError if it is not JSON
 */
export function parseJson(text: string, where: string, remedy: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new FailureError({ what: `It is no JSON: ${why}.`, where, remedy }, { cause });
  }
}
