/** No system on which pictures lie allows a longer path. */
const MOST_CHARACTERS = 4096;

/**
 * The path of an archive's entry, from the name in the archive; null if the name is unsafe, because on this or some other system it leads
 * out of the folder that it would be unpacked in.
 */
export function safePath(name: string): string | null {
  if (name.length > MOST_CHARACTERS || name.startsWith('/') || /[\\\0]/.test(name)) return null;
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  const [first] = parts;
  if (first === undefined || /^[a-z]:/i.test(first) || parts.includes('..')) return null;
  return parts.join('/');
}

/** Files that systems put beside a person's own, in lower case. */
const litter = new Set(['__macosx', 'thumbs.db', 'desktop.ini']);

/** Whether a file or folder is not the person's own, judged by its name without the folders above. */
export const isHiddenName = (name: string): boolean =>
  name.startsWith('.') || litter.has(name.toLowerCase());

export const isHiddenPath = (path: string): boolean => path.split('/').some(isHiddenName);
