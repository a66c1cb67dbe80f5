/** Matches a part of a run's configuration in a failure's text, such as `data.batchSize`. */
const PATH = /\b(?:network|optimizer|data|training|checkpoints)(?:\.[A-Za-z]\w*)+/g;

/** Replaces each setting's path in a failure's text by a name that a person knows, if there is one. */
export const nameSettings = (text: string, nameOf: (path: string) => string | undefined): string =>
  text.replaceAll(PATH, (path) => nameOf(path) ?? path);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The value of plain data at a path; undefined if there is none. */
export const valueAt = (data: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
      data,
    );

/** A copy of plain data with another value at a path; missing objects on the way are made. */
export function withValueAt(data: unknown, path: string, value: unknown): unknown {
  const [key = '', ...rest] = path.split('.');
  const inner =
    rest.length === 0
      ? value
      : withValueAt(isObject(data) ? data[key] : undefined, rest.join('.'), value);
  if (Array.isArray(data)) return data.map((old: unknown, k) => (String(k) === key ? inner : old));
  return { ...(isObject(data) ? data : {}), [key]: inner };
}
