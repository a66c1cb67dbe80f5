import { settingOptions } from './options.ts';

/** The option for a part of a run's configuration, by its path. */
export const optionOf: Readonly<Record<string, string>> = Object.fromEntries(
  settingOptions.map(({ path, option }) => [path, `--${option.name}`]),
);

/**
 * Adds to the place of a failure the option that names it.
 * @param places what each option names: a file, a folder, or a word for itself
 */
export function withOption(
  where: string,
  places: Readonly<Record<string, string | undefined>>,
): string {
  // The deepest place comes first, since the data may lie in the checkpoint folder.
  const [option] = Object.entries(places)
    .filter(([, place]) => place !== undefined && (where === place || isBelow(where, place)))
    .sort(([, a = ''], [, b = '']) => b.length - a.length)
    .flat();
  return option === undefined ? where : `${where} (${option})`;
}

const isBelow = (where: string, place: string): boolean =>
  where.startsWith(place) && /^[\\/.]/.test(where.slice(place.length));
