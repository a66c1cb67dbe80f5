/**
 * What comes from the main process is a copy each time, dozens of times a second of a small network, and views would be made anew for
 * parts that are equal.
 * @param before plain data
 * @param now plain data of the same shape
 * @returns `now`, with each part that is equal in both as the object that it was before
 */
export function withSameParts<T extends object>(before: T, now: T): T {
  const parts = Object.entries(now).map(([name, part]: [string, unknown]) => {
    const old: unknown = Reflect.get(before, name);
    return [name, JSON.stringify(old) === JSON.stringify(part) ? old : part];
  });
  return Object.fromEntries(parts) as T;
}
