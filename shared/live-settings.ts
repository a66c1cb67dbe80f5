import type { RunConfig } from './config.ts';
import { dropRatesOf } from './dropout-rates.ts';
import { fieldAt, fields } from './fields.ts';
import type { Field } from './fields/field.ts';
import { isNumberRange, type NumberRange } from './fields/ranges.ts';
import { liveNumbers, type LiveChange } from './live-change.ts';
import { valueAt } from './setting-paths.ts';
import type { BranchEvent } from './trainer-events.ts';

/** The settings of a run that may change while it trains, by path, and the changes that set them. */

export interface LiveSetting {
  /** Path in the run's configuration, such as `network.layers.3.rate`. */
  path: string;
  label: string;
  field: Field;
  range: NumberRange;
  /** The value in force; for the learning rate it includes plateaus, but not schedule and warm-up. */
  value: number;
}

export const RATE_PATH = 'optimizer.learningRate';

/** The learning rate comes first, since it is changed most. */
const rateFirst = [...liveNumbers].sort(
  (a, b) => Number(b.path === RATE_PATH) - Number(a.path === RATE_PATH),
);

/** Rounds off the last bits of a product: 0.1 · 0.7 is 0.07. */
const withoutRest = (value: number): number => Number(value.toPrecision(12));

/**
 * The live settings of a run: its rate, the others in the table's order, then its dropouts from the first to the last.
 * @param rateFactor factor by which plateaus have lowered the rate
 */
export function liveSettingsOf(config: RunConfig, rateFactor = 1): LiveSetting[] {
  const ofRun = rateFirst.flatMap(({ path }): LiveSetting[] => {
    const field = fieldAt(path);
    const value = valueAt(config, path);
    if (!field || !isNumberRange(field.range) || typeof value !== 'number') return [];
    const isLowered = path === RATE_PATH && rateFactor !== 1;
    const inForce = isLowered ? withoutRest(value * rateFactor) : value;
    return [{ path, label: field.label, field, range: field.range, value: inForce }];
  });
  const field = fields['network.layers.dropout.rate'];
  const dropouts = config.network.layers.flatMap((layer, k) =>
    layer.type === 'dropout' ? [{ path: `network.layers.${k}.rate`, value: layer.rate }] : [],
  );
  return [
    ...ofRun,
    ...dropouts.map(({ path, value }, k) => ({
      path,
      label: dropouts.length === 1 ? 'Dropout' : `Dropout ${k + 1}`,
      field,
      range: field.range,
      value,
    })),
  ];
}

/**
 * The change that sets a value at a path.
 * @param config the run's, whose other dropouts keep their rates
 * @returns null if there is no live setting at the path
 */
export function liveChangeAt(config: RunConfig, path: string, value: number): LiveChange | null {
  const number = liveNumbers.find((each) => each.path === path);
  if (number) return { [number.name]: value };
  const places = config.network.layers.flatMap(({ type }, k) =>
    type === 'dropout' ? [`network.layers.${k}.rate`] : [],
  );
  if (!places.includes(path)) return null;
  return {
    dropRates: dropRatesOf(config).map((rate, k) => (places[k] === path ? value : rate)),
  };
}

/** Whether two changes set the same values. */
export const isSameChange = (a: LiveChange, b: LiveChange): boolean =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

/**
 * The change that undoes the last change that is still in force; changes that were undone already are skipped.
 * @param events of the run, oldest first
 * @returns null if there is none, or an earlier version recorded it
 */
export function lastChangeBack(events: readonly BranchEvent[]): LiveChange | null {
  const counting: { change: LiveChange; before: LiveChange }[] = [];
  for (const { event } of events) {
    if (event.type !== 'changed') continue;
    const { change, before } = event;
    const last = counting.at(-1);
    if (before === undefined) counting.length = 0;
    else if (last && isSameChange(change, last.before) && isSameChange(before, last.change))
      counting.pop();
    else counting.push({ change, before });
  }
  return counting.at(-1)?.before ?? null;
}
