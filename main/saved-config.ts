import * as v from 'valibot';
import { runConfigSchema, type RunConfig } from '../shared/config.ts';
import { withDropoutRate } from '../shared/dropout-rates.ts';
import { fieldAt } from '../shared/fields.ts';
import { seedRun } from '../shared/presets.ts';
import { valueAt, withValueAt } from '../shared/setting-paths.ts';

/** Reads the run that a person prepared last, as saved by this version, an earlier or a later one, or changed by hand. */

/** The allowed part of it, with defaults for the rest, and a line for each problem. */
export interface SavedConfig {
  config: RunConfig;
  problems: string[];
}

/** Replaces each setting that is not allowed by its default, and leaves out additions of a later version. */
export function allowedConfig(saved: unknown): SavedConfig {
  const problems: string[] = [];
  const replaced = new Set<string>();
  let config = saved;
  for (;;) {
    const parsed = v.safeParse(runConfigSchema, config);
    if (parsed.success) return { config: parsed.output, problems };
    const [issue] = parsed.issues;
    const path = placeOf(issue);
    if (isUnknown(issue) && path.length > 0) {
      config = withoutKey(config, path);
      continue;
    }
    const place = replaceablePlace(config, path, replaced);
    const at = place.join('.');
    replaced.add(at);
    // A setting that is missing altogether is new in this version.
    if (place.length === 0 || valueAt(config, at) !== undefined)
      problems.push(`${['config', ...path].join('.')} (${issue.message})`);
    config = place.length === 0 ? seedRun() : withValueAt(config, at, defaultOf(config, place));
  }
}

/** The path of a problem; if a list stands where an object should be, the path of the list, not of each key that it lacks. */
function placeOf(issue: v.BaseIssue<unknown>): string[] {
  const path = issue.path ?? [];
  const last = path.at(-1);
  const isList = last?.type === 'object' && Array.isArray(last.input);
  return (isList ? path.slice(0, -1) : path).map(({ key }) => String(key));
}

/** Whether the problem is a key that the schema does not know. */
const isUnknown = (issue: v.BaseIssue<unknown>): boolean =>
  issue.type === 'strict_object' && issue.expected === 'never';

function withoutKey(data: unknown, [key = '', ...rest]: readonly string[]): unknown {
  if (typeof data !== 'object' || data === null) return data;
  if (rest.length > 0) return withValueAt(data, key, withoutKey(valueAt(data, key), rest));
  return Object.fromEntries(Object.entries(data).filter(([name]) => name !== key));
}

/** The path itself, or the nearest one above that has a default and was not replaced before; empty for the whole configuration. */
function replaceablePlace(
  config: unknown,
  path: readonly string[],
  replaced: ReadonlySet<string>,
): readonly string[] {
  let place = path;
  while (
    place.length > 0 &&
    (replaced.has(place.join('.')) || defaultOf(config, place) === undefined)
  )
    place = place.slice(0, -1);
  return place;
}

/** The default of a setting; a layer's settings depend on its type. Undefined if there is none. */
function defaultOf(config: unknown, place: readonly string[]): unknown {
  const [part, list, index, ...rest] = place;
  if (part !== 'network' || list !== 'layers' || index === undefined)
    return valueAt(seedRun(), place.join('.')) ?? fieldAt(place.join('.'))?.default;
  const type = valueAt(config, `network.layers.${index}.type`);
  return fieldAt(['network.layers', String(type), ...rest].join('.'))?.default;
}

/** The paths of the numbers in an earlier version's form. */
const formerPaths = {
  epochs: 'training.epochs',
  batchSize: 'data.batchSize',
  learningRate: 'optimizer.learningRate',
  seed: 'training.seed',
  precision: 'training.precision',
} as const;

/** A seed run with the numbers that an earlier version's form had saved, as far as they are allowed. */
export function configOfFormerForm(saved: Readonly<Record<string, unknown>>): SavedConfig {
  const problems: string[] = [];
  const takeOver = (config: RunConfig, name: string, changed: unknown): RunConfig => {
    const parsed = v.safeParse(runConfigSchema, changed);
    if (parsed.success) return parsed.output;
    problems.push(`hyperparameters.${name} (${parsed.issues[0].message})`);
    return config;
  };
  let config = seedRun();
  for (const [name, path] of Object.entries(formerPaths))
    if (saved[name] !== undefined)
      config = takeOver(config, name, withValueAt(config, path, saved[name]));
  for (const place of ['convolution', 'dense'] as const) {
    const name = `${place}Dropout`;
    if (saved[name] === undefined) continue;
    const rate = typeof saved[name] === 'number' ? saved[name] : NaN;
    config = takeOver(config, name, withDropoutRate(config, place, rate));
  }
  return { config, problems };
}
