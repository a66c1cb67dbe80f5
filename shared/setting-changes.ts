import { layerSchema, type LayerType } from './config.ts';
import { seedRun } from './presets.ts';
import { withValueAt } from './setting-paths.ts';
import { usualLayer } from './setting-variants.ts';

/**
 * A run as that in which it differs from the seed run, and back. Layers are told by what differs from their type's defaults. Whoever
 * changes a default changes what is meant by strings that were made before: setup-string.ts then needs a new version.
 */

type Entries = Readonly<Record<string, unknown>>;
const isEntries = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of the same type, or of none: their settings are the same ones. */
const isComparable = (a: Entries, b: Entries): boolean => ownOf(a, 'type') === ownOf(b, 'type');
const ownOf = (entries: Entries, key: string): unknown =>
  Object.hasOwn(entries, key) ? entries[key] : undefined;

/** What differs; undefined: nothing does. */
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

/** What `changesOf` has made, with everything else as usual. What belongs nowhere is kept: the schema refuses it. */
function withChanges(usual: unknown, changes: unknown): unknown {
  if (changes === undefined) return usual;
  if (!isEntries(changes) || !isEntries(usual)) return changes;
  if (Object.hasOwn(changes, 'type') && !isComparable(changes, usual)) return changes;
  // From entries, for a key such as __proto__ is one as any other then.
  const before = Object.entries(usual).filter(([key]) => !Object.hasOwn(changes, key));
  const after = Object.entries(changes).map(([key, inner]): [string, unknown] => [
    key,
    withChanges(ownOf(usual, key), inner),
  ]);
  return Object.fromEntries([...before, ...after]);
}

const isLayerType = (type: unknown): type is LayerType =>
  layerSchema.options.some(({ entries }) => entries.type.literal === type);
/** A layer with each setting of its type at its default; a type that there is not has none. */
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

/** Applies a function to the layers of a run or of its changes, where there is a list of them. */
function mapLayers(run: unknown, map: (layer: unknown) => unknown): unknown {
  if (!isEntries(run)) return run;
  const network = ownOf(run, 'network');
  const layers = isEntries(network) ? ownOf(network, 'layers') : undefined;
  return Array.isArray(layers) ? withValueAt(run, 'network.layers', layers.map(map)) : run;
}

/** In what a run differs from the seed run; an empty object: in nothing. */
export const changesFromSeed = (config: unknown): unknown =>
  mapLayers(changesOf(config, seedRun()) ?? {}, layerChanges);

/** The run of such changes, which has yet to be checked by its schema. */
export const seedWithChanges = (changes: unknown): unknown =>
  withChanges(seedRun(), mapLayers(changes, changedLayer));
