/** What the four files of a dataset are called: by MNIST's makers, EMNIST's, and whoever wrote them anew. */

export const roles = ['train-images', 'train-labels', 't10k-images', 't10k-labels'] as const;
export type Role = (typeof roles)[number];
/** Names of those that are there. */
export type Found = Partial<Record<Role, string>>;

/** Words of a file's name that say nothing but what every such file is. */
const PLAIN_WORDS = /^(idx\d?|ubyte|u?bytes?|uint8|data|gz)$/;
const parts: Record<string, 'train' | 't10k'> = {
  train: 'train',
  training: 'train',
  t10k: 't10k',
  test: 't10k',
  testing: 't10k',
};
const kinds: Record<string, 'images' | 'labels'> = {
  image: 'images',
  images: 'images',
  label: 'labels',
  labels: 'labels',
};

/** What a name says: which of the four it is, and of which dataset, such as `emnist-digits`; usually '', of none. Null: no such file. */
function meaningOf(name: string): { role: Role; dataset: string } | null {
  if (name.startsWith('.')) return null;
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  // EMNIST has a dataset called mnist, but none called train: the last word counts.
  const part = words.findLast((word) => Object.hasOwn(parts, word));
  const kind = words.findLast((word) => Object.hasOwn(kinds, word));
  if (part === undefined || kind === undefined) return null;
  const others = words.filter((word) => word !== part && word !== kind && !PLAIN_WORDS.test(word));
  const role = `${parts[part] ?? 'train'}-${kinds[kind] ?? 'images'}` as const;
  return { role, dataset: others.filter((word) => word !== '').join('-') };
}

/** The dataset that a file of labels says it is of, such as `emnist-digits`; usually '', none. */
export const datasetOfLabels = (name: string): string => meaningOf(name)?.dataset ?? '';

/** Whether a file beside the four may name the classes. */
export const isNamesFile = (name: string): boolean => /^(classes|labels|mapping)\.txt$/i.test(name);

/** MNIST's own name first, and plain before packed: the shorter. */
const byPreference = (a: string, b: string): number => {
  const own = (name: string): number =>
    /^(train|t10k)-(images|labels)-idx\d-ubyte(\.gz)?$/.test(name) ? 0 : 1;
  return own(a) - own(b) || a.length - b.length || (a < b ? -1 : 1);
};

/** The datasets whose files lie in a folder, by name. */
export function datasetsOf(names: readonly string[]): Map<string, Found> {
  const datasets = new Map<string, Found>();
  for (const name of names.toSorted(byPreference)) {
    const meaning = meaningOf(name);
    if (!meaning) continue;
    const found = datasets.get(meaning.dataset) ?? {};
    found[meaning.role] ??= name;
    datasets.set(meaning.dataset, found);
  }
  return datasets;
}

export const isWhole = (found: Found): found is Record<Role, string> =>
  roles.every((role) => found[role] !== undefined);

/** As MNIST's makers have it. */
export const officialName = (role: Role): string =>
  `${role}-idx${role.endsWith('images') ? 3 : 1}-ubyte`;
