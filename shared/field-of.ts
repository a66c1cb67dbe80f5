import type { RunConfig } from './config.ts';
import { fieldAt, fieldList, fields } from './fields.ts';
import type { Field } from './fields/field.ts';
import { wholeFrom } from './fields/ranges.ts';
import { valueAt } from './setting-paths.ts';

/** `network.layers.3.filters`: the layer's number, and the setting's path within the layer. */
const IN_LAYER = /^network\.layers\.(\d+)\.(.+)$/;
const SIDE = /^(.*\.padding)\.(top|bottom|left|right)$/;
const sideLabels: Readonly<Record<string, string>> = {
  top: 'Zeros above',
  bottom: 'Zeros below',
  left: 'Zeros left',
  right: 'Zeros right',
};

/** The path in the table for a path in a run: `network.layers.3.filters` -> `network.layers.convolution.filters`. */
export function tablePathOf(config: RunConfig, path: string): string {
  const [, index, within] = IN_LAYER.exec(path) ?? [];
  if (index === undefined || within === undefined) return path;
  const type = valueAt(config, `network.layers.${index}.type`);
  return `network.layers.${typeof type === 'string' ? type : ''}.${within}`;
}

/** The table's entry for a path in a run; undefined if there is none. */
export function fieldOf(config: RunConfig, path: string): Field | undefined {
  const tablePath = tablePathOf(config, path);
  const [, padding, side] = SIDE.exec(tablePath) ?? [];
  if (padding === undefined || side === undefined) return fieldAt(tablePath);
  const field = fieldAt(padding);
  return (
    field && {
      ...field,
      label: sideLabels[side] ?? side,
      range: wholeFrom(0, fields['network.layers.convolution.padding'].range.most),
      default: 0,
    }
  );
}

/** The default values of a group of settings that may be absent, such as `training.earlyStopping`. */
export function usualParts(tablePath: string): Record<string, unknown> {
  const prefix = `${tablePath}.`;
  const own = fieldList.filter(
    ([path]) => path.startsWith(prefix) && !path.slice(prefix.length).includes('.'),
  );
  return Object.fromEntries(
    own.map(([path, { default: usual }]) => [path.slice(prefix.length), structuredClone(usual)]),
  );
}
