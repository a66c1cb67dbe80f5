import type { RunConfig } from '../../shared/config.ts';

/** Paths of all settings of a run: what has a value of its own, [height, width] as one. */
export function settingPaths(config: RunConfig): string[] {
  const below = (value: unknown, path: string): string[] => {
    if (Array.isArray(value) && typeof value[0] === 'object')
      return value.flatMap((inner, k) => below(inner, `${path}.${k}`));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
    return Object.entries(value).flatMap(([key, inner]) => below(inner, `${path}.${key}`));
  };
  return Object.entries(config)
    .flatMap(([key, value]) => below(value, key))
    .filter((path) => !/^network\.layers\.\d+\.type$/.test(path));
}
