import { withinSentence } from './language.ts';
import { formatNumber } from './format.ts';
import type { LayerConfig, RunConfig } from './config.ts';
import { fieldList } from './fields.ts';
import type { Field } from './fields/field.ts';
import { layerNames } from './layer-names.ts';
import { leftOutText } from './left-out.ts';
import { valueAt } from './setting-paths.ts';

/** A setting in which two runs differ, with its value in each as text. */
export interface Difference {
  path: string;
  label: string;
  was: string;
  is: string;
}

const OF_LAYERS = 'network.layers.';

/** All settings in which two runs differ: first those of the run in the table's order, then those of the layers. */
export function differencesBetween(a: RunConfig, b: RunConfig): Difference[] {
  const ofRun = fieldList.filter(([path]) => !path.startsWith(OF_LAYERS));
  return [
    ...ofRun.flatMap(([path, field]) => differenceAt(path, field.label, field, path, a, b)),
    ...layerDifferences(a.network.layers, b.network.layers),
  ];
}

/** @param within path of the value in `a` and in `b` */
function differenceAt(
  path: string,
  label: string,
  field: Field,
  within: string,
  a: unknown,
  b: unknown,
): Difference[] {
  const was = valueText(field, valueAt(a, within));
  const is = valueText(field, valueAt(b, within));
  return was === is ? [] : [{ path, label, was, is }];
}

/** Finds layers that were added or removed: those between the layers of equal types at the beginning and at the end. */
function layerDifferences(a: readonly LayerConfig[], b: readonly LayerConfig[]): Difference[] {
  const [namesA, namesB] = [layerNames(a), layerNames(b)];
  const shorter = Math.min(a.length, b.length);
  let front = 0;
  while (front < shorter && a[front]?.type === b[front]?.type) front++;
  let back = 0;
  while (back < shorter - front && a.at(-1 - back)?.type === b.at(-1 - back)?.type) back++;
  const differences: Difference[] = [];
  for (let k = 0; k < front; k++)
    differences.push(...settingDifferences(a[k], b[k], k, namesB[k] ?? ''));
  for (let k = front; k < Math.max(a.length, b.length) - back; k++)
    differences.push({
      path: `${OF_LAYERS}${k}`,
      label: `Layer ${k + 1}`,
      was: (k < a.length - back ? namesA[k] : undefined) ?? valueWords.missing,
      is: (k < b.length - back ? namesB[k] : undefined) ?? valueWords.missing,
    });
  for (let k = b.length - back; k < b.length; k++)
    differences.push(...settingDifferences(a[k - b.length + a.length], b[k], k, namesB[k] ?? ''));
  return differences;
}

/** @param place number of the layer in the second network */
function settingDifferences(
  a: LayerConfig | undefined,
  b: LayerConfig | undefined,
  place: number,
  name: string,
): Difference[] {
  if (!a || !b) return [];
  return differencesOfLayers(a, b).map(({ path, label, ...values }) => ({
    path: `${OF_LAYERS}${place}.${path}`,
    label: `${label} of ${name} (layer ${place + 1})`,
    ...values,
  }));
}

/** The settings in which two layers of one type differ, by path within the layer. */
export function differencesOfLayers(a: LayerConfig, b: LayerConfig): Difference[] {
  const ofType = `${OF_LAYERS}${b.type}.`;
  return fieldList
    .filter(([path]) => path.startsWith(ofType))
    .flatMap(([path, field]) => {
      const within = path.slice(ofType.length);
      return differenceAt(within, field.label, field, within, a, b);
    });
}

const valueWords = { missing: 'none', on: 'on', off: 'off' };

/** A layer's settings as a person reads them, in the table's order: Filters 32, Kernel 3×3, … */
export function settingsOfLayer(layer: LayerConfig): string {
  const ofType = `${OF_LAYERS}${layer.type}.`;
  return fieldList
    .filter(([path]) => path.startsWith(ofType))
    .map(([path, field]) => [field, valueAt(layer, path.slice(ofType.length))] as const)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([field, value]) => `${withinSentence(field.label)} ${valueText(field, value)}`)
    .join(', ');
}

/** A value as text for a person. */
function valueText({ range }: Field, value: unknown): string {
  const isMissing = value === undefined || value === null;
  if (range.kind === 'parts') return isMissing ? valueWords.off : valueWords.on;
  if (isMissing) return valueWords.missing;
  if (range.kind === 'images') return leftOutText(value as readonly string[]);
  if (Array.isArray(value)) return value.join('×');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(
        ([name, part]) => `${name} ${typeof part === 'number' ? formatNumber(part) : String(part)}`,
      )
      .join(', ');
  if (typeof value === 'number') return formatNumber(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
