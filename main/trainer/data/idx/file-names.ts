/** Names of the four files of a dataset, as MNIST's makers, EMNIST's and others write them. */

export const roles = ['train-images', 'train-labels', 't10k-images', 't10k-labels'] as const;
export type Role = (typeof roles)[number];
/** Names of the files that were found. */
export type Found = Partial<Record<Role, string>>;

/** Words in a file's name that do not tell the files apart. */
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

/** What a name says: the role, and the dataset, such as `emnist-digits`, which is usually ''. Null if the name is not one of the four. */
function meaningOf(name: string): { role: Role; dataset: string } | null {
  if (name.startsWith('.')) return null;
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  // EMNIST has a dataset called mnist, but none called train, so the last word counts.
  const part = words.findLast((word) => Object.hasOwn(parts, word));
  const kind = words.findLast((word) => Object.hasOwn(kinds, word));
  if (part === undefined || kind === undefined) return null;
  const others = words.filter((word) => word !== part && word !== kind && !PLAIN_WORDS.test(word));
  const role = `${parts[part] ?? 'train'}-${kinds[kind] ?? 'images'}` as const;
  return { role, dataset: others.filter((word) => word !== '').join('-') };
}

/** The dataset that the name of a label file says, such as `emnist-digits`; usually ''. */
export const datasetOfLabels = (name: string): string => meaningOf(name)?.dataset ?? '';

/** Whether a file beside the four may name the classes. */
export const isNamesFile = (name: string): boolean => /^(classes|labels|mapping)\.txt$/i.test(name);

/** Sorts MNIST's own names first, and plain files before packed ones, whose names are longer. */
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

/** The name that MNIST's makers use. */
export const officialName = (role: Role): string =>
  `${role}-idx${role.endsWith('images') ? 3 : 1}-ubyte`;
