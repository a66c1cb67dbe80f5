import * as v from 'valibot';
import {
  layerSchema,
  ruleSchema,
  scheduleSchema,
  type LayerConfig,
  type LayerType,
  type RunConfig,
} from './config.ts';
import { fieldAt } from './fields.ts';
import { valueAt, withValueAt } from './setting-paths.ts';

/** Parts of a run whose settings depend on their type: layers, initial weights, the optimizer's rule, the rate's schedule. */

/** The part of a schema from `kinds` that matters here. */
interface Variants {
  options: readonly { entries: Readonly<Record<string, unknown>> }[];
}
type Settings = Readonly<Record<string, unknown>>;

const isVariants = (schema: unknown): schema is Variants =>
  typeof schema === 'object' &&
  schema !== null &&
  'type' in schema &&
  schema.type === 'variant' &&
  'options' in schema;

/** Usual values of single types that differ from the table's defaults. */
const usualByType: Readonly<Record<string, Settings>> = {
  'optimizer.rule momentum': { momentum: 0.9 },
  'optimizer.rule nesterov': { momentum: 0.9 },
  'optimizer.rule adam': { epsilon: 1e-7 },
  'optimizer.rule adamw': { epsilon: 1e-7 },
};

function entriesOf({ options }: Variants, type: string): Settings {
  const isOfType = ({ entries }: Variants['options'][number]): boolean =>
    v.is(entries.type as v.GenericSchema, type);
  const option = options.find(isOfType);
  if (!option) throw new Error(`there is no type ${type}`);
  return option.entries;
}

/** The usual value of a setting. */
function usualSetting(schema: unknown, tablePath: string): unknown {
  const field = fieldAt(tablePath);
  if (field) return structuredClone(field.default);
  if (!isVariants(schema)) throw new Error(`${tablePath} has no default`);
  return usualOfType(schema, tablePath, String(fieldAt(`${tablePath}.type`)?.default));
}

/** All settings of a type, at their usual values. */
function usualOfType(schema: Variants, tablePath: string, type: string): Settings {
  const entries = Object.entries(entriesOf(schema, type));
  const settings = entries.map(([key, inner]): [string, unknown] => [
    key,
    key === 'type' ? type : usualSetting(inner, `${tablePath}.${key}`),
  ]);
  return { ...Object.fromEntries(settings), ...usualByType[`${tablePath} ${type}`] };
}

/** A layer of this type with each setting at its default. */
export const usualLayer = (type: LayerType): LayerConfig =>
  v.parse(layerSchema, usualOfType(layerSchema, `network.layers.${type}`, type));

/** The schema of the part at a path, and its path in the table; null if that part has no type. */
function variantsAt(config: RunConfig, path: string): { schema: Variants; table: string } | null {
  if (path === 'optimizer.rule') return { schema: ruleSchema, table: path };
  if (path === 'optimizer.schedule') return { schema: scheduleSchema, table: path };
  const layer = valueAt(config, path.replace(/\.start$/, '.type'));
  if (!path.endsWith('.start') || typeof layer !== 'string') return null;
  const { start } = entriesOf(layerSchema, layer);
  return isVariants(start) ? { schema: start, table: `network.layers.${layer}.start` } : null;
}

/**
 * The run with another type at a path. The present settings are kept only if both types have the same ones.
 * @param path of a part with a type, such as `optimizer.rule` or `network.layers.3.start`
 * @throws Error if that part has no type, or the type does not exist
 */
export function withType(config: RunConfig, path: string, type: string): RunConfig {
  const variants = variantsAt(config, path);
  if (!variants) throw new Error(`${path} has no type`);
  const usual = usualOfType(variants.schema, variants.table, type);
  const before = valueAt(config, path) as Settings;
  const isAlike = Object.keys(usual).sort().join() === Object.keys(before).sort().join();
  return withValueAt(config, path, isAlike ? { ...before, type } : usual) as RunConfig;
}

/** The settings besides the type of the part at a path, in their order; none if it has no type. */
export const settingsOfType = (config: RunConfig, path: string): string[] =>
  Object.keys((valueAt(config, path) as Settings | undefined) ?? {}).filter(
    (key) => key !== 'type',
  );
