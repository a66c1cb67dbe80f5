import { ruleSchema, scheduleSchema } from './config.ts';

/** The optimizer's rule and the rate's schedule each have one of several types, which decides their settings. */

export type KindPath = 'optimizer.rule' | 'optimizer.schedule';

const schemas = { 'optimizer.rule': ruleSchema, 'optimizer.schedule': scheduleSchema } as const;

export const isKindPath = (path: string): path is KindPath => Object.hasOwn(schemas, path);

/** Each type with the names of its settings. */
const typesOf = (path: KindPath): { type: string; settings: string[] }[] =>
  schemas[path].options.flatMap(({ entries }) => {
    const settings = Object.keys(entries).filter((name) => name !== 'type');
    const types = 'literal' in entries.type ? [entries.type.literal] : entries.type.options;
    return types.map((type) => ({ type, settings }));
  });

/** The types that have a setting. */
export const typesWith = (path: KindPath, setting: string): string[] =>
  typesOf(path)
    .filter(({ settings }) => settings.includes(setting))
    .map(({ type }) => type);

/** The names of a type's settings; none for an unknown type. */
export const settingsOfType = (path: KindPath, type: string): readonly string[] =>
  typesOf(path).find((each) => each.type === type)?.settings ?? [];
