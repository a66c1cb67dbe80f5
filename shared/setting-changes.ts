import { layerSchema, type LayerType } from './config.ts';
import { seedRun } from './presets.ts';
import { withValueAt } from './setting-paths.ts';
import { usualLayer } from './setting-variants.ts';

/**
 * Describes a run by its differences from the seed run, and restores it. Layers are described by their differences from their type's
 * defaults. A changed default would change the meaning of strings that were made before; setup-string.ts would then need a new version.
 */

type Entries = Readonly<Record<string, unknown>>;
const isEntries = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether both have the same type, or none, and so the same settings. */
const isComparable = (a: Entries, b: Entries): boolean => ownOf(a, 'type') === ownOf(b, 'type');
const ownOf = (entries: Entries, key: string): unknown =>
  Object.hasOwn(entries, key) ? entries[key] : undefined;

/** The differences from the usual value; undefined if there are none. */
function changesOf(value: unknown, usual: unknown): unknown {
  if (isEntries(value) && isEntries(usual) && isComparable(value, usual)) {
    const changed = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
      const change = changesOf(inner, ownOf(usual, key));
      return change === undefined ? [] : [[key, change]];
    });
    return changed.length === 0 ? undefined : Object.fromEntries(changed);
  }
  return JSON.stringify(value) === JSON.stringify(usual) ? undefined : value;
}

/** Applies the result of `changesOf` to the usual value. Entries that belong nowhere are kept, and the schema refuses them. */
function withChanges(usual: unknown, changes: unknown): unknown {
  if (changes === undefined) return usual;
  if (!isEntries(changes) || !isEntries(usual)) return changes;
  if (Object.hasOwn(changes, 'type') && !isComparable(changes, usual)) return changes;
  // Made by `fromEntries`, so that a key such as __proto__ is an ordinary one.
  const before = Object.entries(usual).filter(([key]) => !Object.hasOwn(changes, key));
  const after = Object.entries(changes).map(([key, inner]): [string, unknown] => [
    key,
    withChanges(ownOf(usual, key), inner),
  ]);
  return Object.fromEntries([...before, ...after]);
}

const isLayerType = (type: unknown): type is LayerType =>
  layerSchema.options.some(({ entries }) => entries.type.literal === type);
/** A layer with each setting of its type at its default; for an unknown type, only the type. */
const usualOf = (type: unknown): unknown => (isLayerType(type) ? usualLayer(type) : { type });

const layerChanges = (layer: unknown): unknown =>
  isEntries(layer)
    ? {
        type: layer.type,
        ...(changesOf(layer, usualOf(layer.type)) as Entries | undefined),
      }
    : layer;
const changedLayer = (changes: unknown): unknown =>
  isEntries(changes) ? withChanges(usualOf(ownOf(changes, 'type')), changes) : changes;

/** Applies a function to the layers of a run, or of its changes, if there are any. */
function mapLayers(run: unknown, map: (layer: unknown) => unknown): unknown {
  if (!isEntries(run)) return run;
  const network = ownOf(run, 'network');
  const layers = isEntries(network) ? ownOf(network, 'layers') : undefined;
  return Array.isArray(layers) ? withValueAt(run, 'network.layers', layers.map(map)) : run;
}

/** The differences of a run from the seed run; an empty object if there are none. */
export const changesFromSeed = (config: unknown): unknown =>
  mapLayers(changesOf(config, seedRun()) ?? {}, layerChanges);

/** The run with such changes, which its schema must still check. */
export const seedWithChanges = (changes: unknown): unknown =>
  withChanges(seedRun(), mapLayers(changes, changedLayer));
