/** A part of a run's configuration, as a failure names it: `data.batchSize`. */
const PATH = /\b(?:network|optimizer|data|training|checkpoints)(?:\.[A-Za-z]\w*)+/g;

/** A failure's text with each setting called what a person can give or see, where there is such a thing. */
export const nameSettings = (text: string, nameOf: (path: string) => string | undefined): string =>
  text.replaceAll(PATH, (path) => nameOf(path) ?? path);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** What plain data holds at a path; undefined: there is nothing. */
export const valueAt = (data: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
      data,
    );

/** A copy of plain data with another value at a path; what is missing on the way there is made. */
export function withValueAt(data: unknown, path: string, value: unknown): unknown {
  const [key = '', ...rest] = path.split('.');
  const inner =
    rest.length === 0
      ? value
      : withValueAt(isObject(data) ? data[key] : undefined, rest.join('.'), value);
  if (Array.isArray(data)) return data.map((old: unknown, k) => (String(k) === key ? inner : old));
  return { ...(isObject(data) ? data : {}), [key]: inner };
}
