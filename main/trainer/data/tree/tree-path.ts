/** No path on any system that pictures lie at is longer. */
const MOST_CHARACTERS = 4096;

/**
 * Where an archive's entry lies, by the name that its maker gave it; null where no file may be called so: it leads out of the folder that
 * it would be unpacked in, or does on some system.
 */
export function safePath(name: string): string | null {
  if (name.length > MOST_CHARACTERS || name.startsWith('/') || /[\\\0]/.test(name)) return null;
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  const [first] = parts;
  if (first === undefined || /^[a-z]:/i.test(first) || parts.includes('..')) return null;
  return parts.join('/');
}

/** What systems put beside a person's files, in lower case. */
const litter = new Set(['__macosx', 'thumbs.db', 'desktop.ini']);

/** Whether a file or folder is none of the person's own, by its name without the folders above. */
export const isHiddenName = (name: string): boolean =>
  name.startsWith('.') || litter.has(name.toLowerCase());

export const isHiddenPath = (path: string): boolean => path.split('/').some(isHiddenName);
