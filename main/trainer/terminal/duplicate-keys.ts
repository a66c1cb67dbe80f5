const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{}:,]/g;

/**
 * The first key that an object in this JSON has twice, whose first value JSON.parse drops silently; null if there is none.
 * @param json that can be parsed without an error
 */
export function duplicateKey(json: string): string | null {
  /** The keys so far of each object or list that is open. */
  const open: Set<string>[] = [];
  let text = '';
  for (const [token] of json.matchAll(TOKEN)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      const key: unknown = JSON.parse(text);
      const keys = open.at(-1);
      if (keys?.has(String(key))) return String(key);
      keys?.add(String(key));
    } else if (token !== ',') text = token;
  }
  return null;
}
